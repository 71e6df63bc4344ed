using System.Runtime.CompilerServices;
using System.Text;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Turns any error answer into an <see cref="ApiFailure"/>: whatever the status, the headers and the body, and never an exception.</summary>
internal static class ApiErrorReader
{
    // The most of a body that is looked at, in bytes, and kept, in UTF-16 units.
    private const int MaximumRead = 1 << 20;
    private const int MaximumMessage = 8_192;
    private const int MaximumName = 512;

    private static readonly AnswerHeaders NoHeaders = new([]);

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
        ErrorReading reading = Examine(status, body, contentType, headers is null ? NoHeaders : new AnswerHeaders(headers), time ?? TimeProvider.System, key);
        reading.Facts.Root?.Close();
        return reading.Failure;
    }

    /// <summary>Reads an answer that is an error, and says by what it was recognised.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body; any bytes.</param>
    /// <param name="contentType">The Content-Type header; null where there was none.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="time">The clock against which dates are read.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    [SkipLocalsInit]
    public static ErrorReading Examine(
        int status, ReadOnlySpan<byte> body, string? contentType, AnswerHeaders headers, TimeProvider time, string? key)
    {
        byte[] json = InUtf8(body.Slice(0, Math.Min(body.Length, MaximumRead)).ToArray());
        int start = StreamData(json);
        ErrorFacts? read = ErrorBody.Read(json, start, json.Length - start);
        ErrorFacts facts = read ?? new ErrorFacts();
        string? type = AwsName(facts.Type ?? (headers.IsEmpty ? null : headers["x-amzn-errortype"]));
        Keeper keeper = new(json, key, isJson: read is not null);

        string? said = facts.Message ?? (read is null ? ErrorText.Read(keeper.Text!, contentType, headers) : null);
        int effective = EffectiveStatus(status, facts, type);
        string message = Message(said, facts, type, effective, headers);
        string? serviceCode = keeper.Keep(facts.Code, MaximumName);
        ServiceSentence? sentence = null;
        (string code, ErrorBasis basis) = Code(serviceCode, type, facts, effective) ?? FromWords(facts, message, effective, out sentence);
        Span<int> room = stackalloc int[Digits.Room];
        ReadOnlySpan<int> numbers = SaysNumbers(code, effective) ? Digits.Starts(message.AsSpan(), room) : [];
        ApiLimitDetail? limit = Limit(code, facts, message, numbers, headers, time);

        ApiFailure failure = new()
        {
            Code = code,
            Status = effective,
            Message = keeper.Keep(message, MaximumMessage)!,
            ServiceCode = serviceCode,
            Type = keeper.Keep(type, MaximumName),
            Param = keeper.Keep(facts.Param ?? ParamFromWords(facts, effective), MaximumName),
            RequestId = keeper.KeepHeader(headers.RequestId, MaximumName) ?? keeper.Keep(facts.RequestId ?? RequestIdWords.Read(message), MaximumName),
            RayId = headers.IsEmpty ? null : keeper.KeepHeader(headers.RayId, MaximumName),
            RetryAfter = RetryAfter(headers, facts, message, numbers, effective, time),
            WaitIsOfNoUse = effective == 407 || sentence is { WaitIsOfNoUse: true } || (code == "rate_limit_exceeded" && limit is { IsLargerThanLimit: true }),
            Body = keeper.Body,
            Context = code == "context_length_exceeded" ? facts.Context ?? ContextSentences.Read(message, numbers) : null,
            Limit = limit,
        };
        return new ErrorReading(failure, facts, basis, sentence);
    }

    // An error under 200 has the status that it names itself: a number for a code (OpenRouter), or what its type stands for.
    private static int EffectiveStatus(int status, ErrorFacts facts, string? type) =>
        status is >= 200 and < 300 ? facts.Status ?? MereTypes.StatusOf(facts.Code) ?? MereTypes.StatusOf(type) ?? status : status;

    // DESIGN, "Code, in this order": the documented code wherever the service means it; the service's own; else words, and the page's for the status.
    private static (string Code, ErrorBasis Basis)? Code(string? serviceCode, string? type, ErrorFacts facts, int status)
    {
        if ((ServiceCodes.Documented(serviceCode, status) ?? ServiceCodes.Documented(facts.Reason, status)) is string byCode)
        {
            return (byCode, ErrorBasis.Code);
        }
        if (ServiceCodes.Documented(type, status) is string byType)
        {
            return (byType, ErrorBasis.Type);
        }
        return !MereTypes.IsNoCode(serviceCode) && ServiceCodes.Reduce(serviceCode!) is string own && ApiErrorCatalog.Find(own) is null
            ? (own, ErrorBasis.Code)
            : null;
    }

    private static (string Code, ErrorBasis Basis) FromWords(ErrorFacts facts, string message, int status, out ServiceSentence? sentence)
    {
        sentence = ServiceSentences.Find(facts.Upstream ?? message, status, facts.Forms);
        if (sentence is null && facts.Wrapper is string wrapper)
        {
            sentence = ServiceSentences.Find(wrapper, status, facts.Forms);
        }
        return sentence?.Documented is string documented
            ? (documented, ErrorBasis.Words)
            : (ApiErrorCatalog.CodeForStatus(status), ErrorBasis.Status);
    }

    private static string Message(string? said, ErrorFacts facts, string? type, int status, AnswerHeaders headers)
    {
        string message = said ?? facts.Code ?? type ?? NoReason(status, headers);
        if (status == 407)
        {
            return "The proxy on the way wants a name and a password (407). " + message;
        }
        return facts.Filters is null ? message : $"{message} Filtered: {facts.Filters}.";
    }

    private static string NoReason(int status, AnswerHeaders headers)
    {
        string? known = ApiErrorCatalog.Statuses.FirstOrDefault(info => info.Status == status)?.Description
            ?? (headers.RayId is null ? null : PageMakers.CloudflareWords(status));
        return known is null ? $"The service answered {status} and gave no reason" : $"The service answered {status} ({known}) and gave no reason";
    }

    // A limit, a wait, or a length: of any other error no number is read.
    private static bool SaysNumbers(string code, int status) => IsLimit(code) || MayWait(status) || code == "context_length_exceeded";

    private static bool IsLimit(string code) => code is "rate_limit_exceeded" or "concurrent_limit_exceeded" or "insufficient_quota";

    private static bool MayWait(int status) => status is 408 or 409 or 425 or 429 or >= 500;

    private static ApiLimitDetail? Limit(string code, ErrorFacts facts, string message, ReadOnlySpan<int> numbers, AnswerHeaders headers, TimeProvider time) =>
        IsLimit(code)
            ? facts.Limit ?? LimitSentences.Read(message, numbers) ?? (headers.IsEmpty ? null : LimitHeaderTable.Read(headers, facts.Type, time.GetUtcNow()))
            : null;

    private static TimeSpan? RetryAfter(AnswerHeaders headers, ErrorFacts facts, string message, ReadOnlySpan<int> numbers, int status, TimeProvider time)
    {
        if (!headers.IsEmpty && RetryHint.FromHeaders(headers, facts.Type, limitMet: status == 429, time.GetUtcNow()) is TimeSpan told)
        {
            return told;
        }
        // Words count only where a wait can be meant: any other message may quote the prompt. Google's retryDelay is cut to whole seconds, its message
        // is exact, so the longer of the two holds.
        TimeSpan? field = facts.Wait is null ? null : RetryHint.FromReset(facts.Wait, time.GetUtcNow());
        TimeSpan? words = MayWait(status) ? RetryHint.FromMessage(message, numbers) : null;
        return field > words ? field : words ?? field;
    }

    private static string? ParamFromWords(ErrorFacts facts, int status)
    {
        if (status != 400 || (facts.Forms & ErrorForms.Typed) == 0 || facts.Message is not string message)
        {
            return null;
        }
        // Anthropic names the place before what is wrong with it: "messages.32.content: ..." (OpenHands/OpenHands#5350), "max_tokens: 21333 > 4096".
        int end = 0;
        while (end < message.Length && message[end] is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.')
        {
            end++;
        }
        bool isPath = end is > 0 and <= 200 && message[0] is >= 'a' and <= 'z' && message.AsSpan(end).StartsWith(": ".AsSpan());
        return isPath ? Path(message.Substring(0, end)) : null;
    }

    // messages.32.content as the page writes it: messages[32].content.
    private static string Path(string dotted)
    {
        StringBuilder path = new();
        foreach (string step in dotted.Split('.'))
        {
            path.Append(step.All(c => c is >= '0' and <= '9') ? $"[{step}]" : path.Length == 0 ? step : "." + step);
        }
        return path.ToString();
    }

    // ThrottlingException:http://internal.amazon.com/coral/... in a header; com.amazon.coral.service#ThrottlingException in a body.
    private static string? AwsName(string? type)
    {
        if (type is null || type.AsSpan().IndexOfAny('#', ':') < 0)
        {
            return type;
        }
        int hash = type.IndexOf("#", StringComparison.Ordinal);
        string name = hash >= 0 && hash < type.Length - 1 ? type.Substring(hash + 1) : type;
        int colon = name.IndexOf("Exception:", StringComparison.Ordinal);
        return colon > 0 ? name.Substring(0, colon + "Exception".Length) : name;
    }

    // What Windows PowerShell saved, or IIS wrote: UTF-16, which says so by its byte order mark. UTF-8 never begins with these.
    private static byte[] InUtf8(byte[] body) =>
        body.Length >= 2 && body[0] >= 0xfe && (body[0], body[1]) is (0xff, 0xfe) or (0xfe, 0xff) ? Encoding.UTF8.GetBytes(AnyText.Read(body, body.Length)) : body;

    // An error status over a body that is a stream of one event.
    private static int StreamData(byte[] body) => body.AsSpan().StartsWith("data:"u8) ? 5 : 0;
}
