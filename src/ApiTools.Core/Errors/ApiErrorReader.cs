using System.Text;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Turns any error answer into an <see cref="ApiFailure"/>: whatever the status, the headers and the body, and never an exception.</summary>
internal static class ApiErrorReader
{
    // The most of a body that is looked at, in bytes, and kept, in UTF-16 units.
    private const int MaximumRead = 1 << 20;
    private const int MaximumRawBody = 32_768;
    private const int MaximumMessage = 8_192;
    private const int MaximumName = 512;
    private const int LongestKey = 8_192;

    /// <summary>Reads an answer that is an error: by its status, or by an <c>error</c> in a body or a stream that came under 200.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, or the data of one event of a stream; any bytes.</param>
    /// <param name="contentType">The Content-Type header; null where there was none.</param>
    /// <param name="headers">The answer's headers; null where there are none at hand.</param>
    /// <param name="time">The clock against which a date in Retry-After is read; null for the system's.</param>
    /// <param name="key">The connection's own key, removed from all that is kept; null where there is none.</param>
    public static ApiFailure Read(
        int status,
        ReadOnlySpan<byte> body,
        string? contentType,
        IEnumerable<KeyValuePair<string, string>>? headers = null,
        TimeProvider? time = null,
        string? key = null)
    {
        string text = Decode(body);
        ErrorFacts? read = ErrorBody.Read(StreamData(text));
        ErrorFacts facts = read ?? new ErrorFacts();
        AnswerHeaders answer = new(headers);
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();

        string? said = facts.Message ?? (read is null ? ErrorText.Read(text, contentType) : null);
        int effective = EffectiveStatus(status, facts);
        string message = Message(said, facts, effective);
        string? serviceCode = Keep(facts.Code, MaximumName, key);
        string code = Code(serviceCode, facts, message, effective);
        bool larger = effective == 429 && ErrorWords.SaysLargerThanLimit(message);

        return new ApiFailure
        {
            Code = code,
            Status = effective,
            Message = Keep(message, MaximumMessage, key)!,
            ServiceCode = serviceCode,
            Type = Keep(facts.Type, MaximumName, key),
            Param = Keep(facts.Param, MaximumName, key),
            RequestId = Keep(answer.RequestId ?? facts.RequestId, MaximumName, key),
            RetryAfter = RetryAfter(answer, facts, message, effective, now),
            WaitIsOfNoUse = larger,
            RawBody = text.Length == 0 ? null : Keep(text, MaximumRawBody, key),
            Context = code == "context_length_exceeded" ? facts.Context ?? ContextLength.FromMessage(message) : null,
        };
    }

    // An error under 200 has the status that it names itself: a number for a code (OpenRouter), or what its type stands for.
    private static int EffectiveStatus(int status, ErrorFacts facts) =>
        status is >= 200 and < 300 ? facts.Status ?? ServiceCodes.StatusOf(facts.Code) ?? ServiceCodes.StatusOf(facts.Type) ?? status : status;

    // DESIGN, "Code, in this order": the documented code wherever the service means it; the service's own; the page's for the status.
    private static string Code(string? serviceCode, ErrorFacts facts, string message, int status)
    {
        foreach (string? name in new[] { serviceCode, facts.Reason, facts.Type })
        {
            if (ServiceCodes.Documented(name, status) is string documented)
            {
                return documented;
            }
        }
        if (!ServiceCodes.IsNoCode(serviceCode) && ServiceCodes.Reduce(serviceCode!) is string own && ApiErrorCatalog.Find(own) is null)
        {
            return own;
        }
        return ErrorWords.Code(message, status) ?? ApiErrorCatalog.CodeForStatus(status);
    }

    private static string Message(string? said, ErrorFacts facts, int status)
    {
        string message = said ?? facts.Code ?? facts.Type ?? NoReason(status);
        return facts.Filters is null ? message : $"{message} Filtered: {facts.Filters}.";
    }

    private static string NoReason(int status)
    {
        string? known = ApiErrorCatalog.Statuses.FirstOrDefault(info => info.Status == status)?.Description;
        return known is null ? $"The service answered {status} and gave no reason" : $"The service answered {status} ({known}) and gave no reason";
    }

    private static TimeSpan? RetryAfter(AnswerHeaders headers, ErrorFacts facts, string message, int status, DateTimeOffset now)
    {
        if (RetryHint.FromHeaders(headers, facts.Type, limitMet: status == 429, now) is TimeSpan told)
        {
            return told;
        }
        // Words count only where a wait can be meant: any other message may quote the prompt. Google's retryDelay is cut to whole seconds, its message
        // is exact, so the longer of the two holds.
        TimeSpan? field = RetryHint.FromReset(facts.Wait, now);
        TimeSpan? words = status is 408 or 409 or 425 or 429 or >= 500 ? RetryHint.FromMessage(message) : null;
        return field > words ? field : words ?? field;
    }

    // What is looked at ends a key's length behind what is kept: a key that the end goes through would not be known as one.
    private static string? Keep(string? text, int maximum, string? key)
    {
        int looked = maximum + LongestKey;
        if (text is null || text.Length <= looked)
        {
            return text is null ? null : BoundedText.Cut(Redactor.Redact(text, key), maximum);
        }
        string redacted = Redactor.Redact(text.Substring(0, looked), key);
        return BoundedText.Cut(redacted.Substring(0, Math.Max(0, redacted.Length - LongestKey)) + "…", maximum);
    }

    private static string Decode(ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body.Slice(0, Math.Min(body.Length, MaximumRead)).ToArray());
        return text.Length > 0 && text[0] == '\ufeff' ? text.Substring(1) : text;
    }

    // An error status over a body that is a stream of one event.
    private static string StreamData(string text) => text.StartsWith("data:", StringComparison.Ordinal) ? text.Substring(5) : text;
}
