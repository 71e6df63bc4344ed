using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Checks a chat request by the page's rules.</summary>
internal static class RequestValidator
{
    /// <summary>Finds everything that is wrong with a request: its syntax, or else all that its parts say against the rules.</summary>
    /// <param name="utf8Json">The request's body, UTF-8; any bytes.</param>
    /// <param name="options">What to take into account.</param>
    public static RequestReport Validate(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options)
    {
        FindingList findings = new();
        ReadOnlyMemory<byte> json = WithoutMark(utf8Json, findings);
        RequestCheck check = RequestCheck.Rent(options, findings);
        if (JsonSyntax.Read(json, findings, options.FirstLine) is JsonTape tape)
        {
            check.Check(RequestRules.Request, tape.Root);
            tape.Return();
        }
        int? tokens = check.Tokens is long count ? (int)Math.Min(count, int.MaxValue) : null;
        RequestReport report = new(findings.InOrder(json, options), check.Model.Name, tokens, options.Source);
        check.Return();
        return report;
    }

    /// <summary>Finds everything that is wrong with a line of a file.</summary>
    /// <param name="line">The line.</param>
    /// <param name="options">What to take into account.</param>
    public static RequestReport Validate(RequestLine line, RequestCheckOptions options)
    {
        if (!line.IsTooLong)
        {
            return Validate(line.Json, options);
        }
        FindingList findings = new();
        findings.Error("invalid_value", 0, RequestPath.Root, InputFile.DescribeTooLarge("The line"));
        return new RequestReport(findings.InOrder(default, options), null, null, options.Source);
    }

    // RFC 8259 section 8.1: a text that is sent must not begin with a byte order mark; a reader may pass over it.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8Json, FindingList findings)
    {
        if (!utf8Json.Span.StartsWith(Utf8Text.ByteOrderMark))
        {
            return utf8Json;
        }
        findings.Warning(
            "invalid_value", 0, RequestPath.Root, "The text begins with a byte order mark, which JSON that is sent must not have (RFC 8259 section 8.1): save it as UTF-8 without one.");
        return utf8Json.Slice(Utf8Text.ByteOrderMark.Length);
    }
}
