using System.Globalization;
using System.Text;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Tells of a request in words: in a line for -Verbose, with what was sent and answered for -Debug. Without keys, and without what a terminal would execute.</summary>
internal static class RequestStory
{
    // What a person reads on a terminal; the whole is in a log with bodies.
    private const int MaximumBody = 32_768;

    /// <summary>One line: which try, of what, how it ended, how long it took, what it cost.</summary>
    public static string Course(RequestRecord record)
    {
        StringBuilder text = new();
        text.Append(record.End.Number > 0 ? FormattableString.Invariant($"Try {record.End.Number}") : "Not sent");
        if (record.End.Model is string model)
        {
            text.Append(record.End.Number > 0 ? " at '" : ": '").Append(model).Append('\'');
        }
        text.Append(": ").Append(Outcome(record));
        if (record.End.Number > 0)
        {
            text.Append(FormattableString.Invariant($", {record.End.Duration.TotalMilliseconds:0} ms"));
        }
        if (record.Answer is { InputTokens: int input, OutputTokens: int output })
        {
            text.Append(FormattableString.Invariant($", {input} + {output} tokens"));
        }
        if (record.RequestId is string id)
        {
            text.Append(", request ").Append(id);
        }
        return VisibleText.Line(Redactor.Redact(text.Append('.').ToString(), record.Connection.KeyText));
    }

    /// <summary>What was sent and what was answered.</summary>
    public static string Exchange(RequestRecord record)
    {
        StringBuilder text = new();
        text.Append(record.End.Number > 0 ? "POST " : "Not sent: POST ").Append(record.Connection.BaseUri.AbsoluteUri.TrimEnd('/')).Append("/chat/completions");
        if (record.Connection.HasApiKey)
        {
            text.Append('\n').Append(record.Connection.ApiVersion is null ? "Authorization: Bearer " : "api-key: ").Append(Redactor.Mask);
        }
        if (record.Body is byte[] body)
        {
            text.Append("\n\n").Append(Clean(Utf8Text.Read(body.AsSpan(0, Math.Min(body.Length, MaximumBody * 4))), record));
        }
        text.Append("\n\n").Append(record.Status?.ToString(CultureInfo.InvariantCulture) ?? "No answer").Append(' ').Append(record.End.Error?.Code);
        string? answer = record.Answer?.ToJson() ?? record.End.Error?.RawBody ?? record.End.Error?.Message;
        if (answer is not null)
        {
            text.Append("\n\n").Append(Clean(answer, record));
        }
        return VisibleText.Block(text.ToString());
    }

    private static string Outcome(RequestRecord record) => record.End.Outcome switch
    {
        ApiRequestOutcome.Succeeded => FormattableString.Invariant($"{record.Status} succeeded"),
        ApiRequestOutcome.Cancelled => "cancelled",
        _ => record.Status is int status ? FormattableString.Invariant($"{status} {record.End.Error?.Code}") : record.End.Error?.Code ?? "failed",
    };

    private static string Clean(string text, RequestRecord record) => CleanText.Of(text, MaximumBody, record.Connection.KeyText);
}
