using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Checks a chat request by the page's rules.</summary>
internal static class RequestValidator
{
    /// <summary>Finds everything that is wrong with a request: its syntax, or else all that its parts say against the rules.</summary>
    /// <param name="utf8Json">The request's body, UTF-8; any bytes.</param>
    /// <param name="options">What to take into account.</param>
    public static RequestReport Validate(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options) => Validate(utf8Json, options, options.FirstLine);

    /// <summary>Finds everything that is wrong with a line of a file.</summary>
    /// <param name="line">The line.</param>
    /// <param name="options">What to take into account; the line has its own number.</param>
    public static RequestReport Validate(RequestLine line, RequestCheckOptions options)
    {
        if (!line.IsTooLong)
        {
            return Validate(line.Json, options, line.Number);
        }
        FindingList findings = new();
        findings.Error("invalid_value", 0, RequestPath.Root, InputFile.DescribeTooLarge("The line"));
        return new RequestReport(findings.InOrder(default, options.HasPositions ? line.Number : null), null, null, options.Source);
    }

    /// <summary>Whether a report would hold no error: ends at the first, writes no report, and allocates nothing for a valid request.</summary>
    /// <param name="utf8Json">The request's body, UTF-8; any bytes.</param>
    /// <param name="options">What to take into account.</param>
    public static bool IsValid(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options) => IsValid(utf8Json, options, options.FirstLine);

    /// <summary>Whether the report of a line of a file would hold no error.</summary>
    /// <param name="line">The line.</param>
    /// <param name="options">What to take into account; the line has its own number.</param>
    public static bool IsValid(RequestLine line, RequestCheckOptions options) => !line.IsTooLong && IsValid(line.Json, options, line.Number);

    /// <summary>The messages of a request, or a bare array of messages; null where the text is neither.</summary>
    public static JsonSlice? FindMessages(ReadOnlyMemory<byte> utf8Json, out string? model)
    {
        model = null;
        FindingList findings = new();
        ReadOnlyMemory<byte> json = WithoutMark(utf8Json, findings);
        // The tape is not given back: what is returned walks it.
        if (JsonSyntax.Read(json, findings, firstLine: 1) is not JsonTape tape)
        {
            return null;
        }
        JsonSlice request = tape.Root;
        if (request.Type == JsonTokenType.StartArray)
        {
            return request;
        }
        JsonSlice? messages = null;
        JsonChildren members = request.Children();
        while (members.MoveNext())
        {
            if (members.Name == "messages" && members.Value.Type == JsonTokenType.StartArray)
            {
                messages = members.Value;
            }
            else if (members.Name == "model" && members.Value.Type == JsonTokenType.String)
            {
                model = members.Value.GetString();
            }
        }
        return messages;
    }

    private static RequestReport Validate(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options, int firstLine)
    {
        RequestCheck check = RequestCheck.Rent(options, firstLine, isForVerdict: false);
        (int Start, int End)? body = Run(check, utf8Json);
        ReadOnlyMemory<byte> json = utf8Json.Slice(MarkLength(utf8Json));
        int? tokens = check.Tokens is long count ? (int)Math.Min(count, int.MaxValue) : null;
        Finding[] findings = check.Findings.InOrder(json, options.HasPositions ? firstLine : null);
        RequestReport report = new(findings, check.Model.Name, tokens, options.Source) { Body = body, MessageTokens = check.MessageTokens };
        check.Return();
        return report;
    }

    private static bool IsValid(ReadOnlyMemory<byte> utf8Json, RequestCheckOptions options, int firstLine)
    {
        RequestCheck check = RequestCheck.Rent(options, firstLine, isForVerdict: true);
        Run(check, utf8Json);
        bool isValid = !check.Findings.HasErrors;
        check.Return();
        return isValid;
    }

    // Where in the text the request stands; null where it is all of it.
    private static (int Start, int End)? Run(RequestCheck check, ReadOnlyMemory<byte> utf8Json)
    {
        ReadOnlyMemory<byte> json = WithoutMark(utf8Json, check.Findings);
        int mark = utf8Json.Length - json.Length;
        (int Start, int End)? body = HttpFrame.Find(json.Span) is HttpFrame http ? RunSaved(check, json, http) : RunText(check, json, check.FirstLine);
        return body is (int start, int end) ? (start + mark, end + mark) : null;
    }

    private static (int Start, int End)? RunText(RequestCheck check, ReadOnlyMemory<byte> json, int firstLine)
    {
        if (check.Read(json, firstLine) is not JsonTape tape)
        {
            return null;
        }
        if (BatchFrame.Find(tape.Root) is BatchFrame line)
        {
            return RunLine(check, line);
        }
        check.Check(0);
        return null;
    }

    private static (int Start, int End)? RunLine(RequestCheck check, BatchFrame line)
    {
        check.Findings.Enter("body");
        line.Check(check.Findings, check.Options.BatchIds, check.FirstLine);
        if (line.HasChat)
        {
            check.Check(line.Body.Index);
        }
        return line.Body.Type == JsonTokenType.None ? null : (line.Body.Start, line.Body.End);
    }

    private static (int Start, int End) RunSaved(RequestCheck check, ReadOnlyMemory<byte> text, HttpFrame http)
    {
        int before = check.Findings.Count;
        if (http.HasChat)
        {
            RunText(check, text.Slice(http.BodyStart), check.FirstLine + http.Lines);
        }
        check.Findings.Shift(before, http.BodyStart);
        http.Check(check.Findings, text.Span);
        return (http.BodyStart, text.Length);
    }

    private static int MarkLength(ReadOnlyMemory<byte> utf8Json) => utf8Json.Span.StartsWith(Utf8Text.ByteOrderMark) ? Utf8Text.ByteOrderMark.Length : 0;

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
