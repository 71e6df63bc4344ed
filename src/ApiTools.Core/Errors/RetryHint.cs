using System.Globalization;

namespace ApiTools.Errors;

/// <summary>How long a service asks to wait, wherever it says so: in headers, in the body, or in the sentence that a person reads.</summary>
internal static class RetryHint
{
    // RFC 9110, 5.6.7: the form in use, and the two that a recipient must still read.
    private static readonly string[] HttpDates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    // "Please try again in 20s." (OpenAI, Groq), "Please retry after 6 seconds." and "Try again in 2 seconds." (Azure), "Please retry in 39.7s." (Gemini),
    // "please try again after 1 seconds" (Moonshot), "Please wait 86400 seconds before retrying." (GitHub Models).
    // By the letter before the blank.
    private static readonly string[] In = ["ry again in ", "etry in "];
    private static readonly string[] After = ["ry again after ", "etry after "];
    private static readonly string[] Wait = ["ait "];

    /// <summary>What the headers say; null where they say nothing.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="type">The body's <c>type</c>: <c>tokens</c> or <c>requests</c> tells which of two limits was met.</param>
    /// <param name="limitMet">True for a rate limit; the limits' headers come with every answer and say nothing of any other error.</param>
    /// <param name="now">When the answer came.</param>
    public static TimeSpan? FromHeaders(AnswerHeaders headers, string? type, bool limitMet, DateTimeOffset now) =>
        Milliseconds(headers["retry-after-ms"]) ?? RetryAfter(headers, now) ?? (limitMet ? LimitHeaderTable.Reset(headers, type, now) : null);

    /// <summary>What the message says in a sentence of its own; null where it says nothing.</summary>
    public static TimeSpan? FromMessage(string message) => FromMessage(message, Digits.Starts(message.AsSpan(), stackalloc int[Digits.Room]));

    /// <summary>What the message says in a sentence of its own; null where it says nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where the numbers of the message begin (<see cref="Digits"/>).</param>
    public static TimeSpan? FromMessage(string message, ReadOnlySpan<int> numbers)
    {
        // Right behind each verb stands a number: there are few of them.
        foreach (int number in numbers)
        {
            foreach (string verb in number < 2 || message[number - 1] != ' ' ? [] : VerbsOn(message[number - 2]))
            {
                if (message.AsSpan(0, number).EndsWith(verb.AsSpan()) && BeginsSentence(message, number - verb.Length - 1, verb))
                {
                    return RetryDuration.Read(message.AsSpan(number, Math.Min(message.Length - number, 80)), wholeText: false);
                }
            }
        }
        return null;
    }

    private static string[] VerbsOn(char last) => last switch
    {
        'n' => In,
        'r' => After,
        't' => Wait,
        _ => [],
    };

    // A sentence of its own, so that a prompt quoted in a message sets no wait: at the beginning, or behind a stop and up to four blanks, and a "please".
    private static bool BeginsSentence(string message, int start, string verb)
    {
        char letter = verb[0] == 'r' ? 't' : verb[0] == 'e' ? 'r' : 'w';
        if (start < 0 || (message[start] | 0x20) != letter)
        {
            return false;
        }
        const string please = "please ";
        if (start >= please.Length && string.Compare(message, start - please.Length, please, 0, please.Length, StringComparison.OrdinalIgnoreCase) == 0)
        {
            start -= please.Length;
        }
        int blanks = 0;
        while (start > 0 && blanks < 4 && char.IsWhiteSpace(message[start - 1]) && message[start - 1] != '\n')
        {
            start--;
            blanks++;
        }
        return start == 0 || message[start - 1] is '.' or ',' or '!' or '?' or ':' or ';' or ')' or '\n';
    }

    /// <summary>A point in time, in seconds or milliseconds since 1970 or as a date (RFC 3339, RFC 9110), or a length of time.</summary>
    public static TimeSpan? FromReset(string? value, DateTimeOffset now)
    {
        if (value is null)
        {
            return null;
        }
        // No limit lasts thirty years, so a number that large is a point in time.
        if (RetryDuration.Number(value) is double number and > 1e9)
        {
            double milliseconds = number > 1e11 ? number : number * 1000;
            return RetryDuration.FromSeconds((milliseconds - now.ToUnixTimeMilliseconds()) / 1000);
        }
        return Instant(value) is DateTimeOffset until ? RetryDuration.Bounded(until - now) : RetryDuration.Read(value.AsSpan(), wholeText: true);
    }

    // RFC 3339 (Anthropic: 2025-08-21T12:40:59Z), or the form of a Date header.
    private static DateTimeOffset? Instant(string value)
    {
        if (value.Length < 20 || value.Length > 40)
        {
            return null;
        }
        return value[4] == '-' && value[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? instant
            : Date(value);
    }

    private static TimeSpan? Milliseconds(string? value) =>
        RetryDuration.Number(value) is double milliseconds ? RetryDuration.FromSeconds(milliseconds / 1000) : null;

    // RFC 9110, 10.2.3: seconds or a date. A date is read by the clock that wrote it (the Date header), where that is there.
    private static TimeSpan? RetryAfter(AnswerHeaders headers, DateTimeOffset now)
    {
        if (headers["retry-after"] is not string value)
        {
            return null;
        }
        return Date(value) is DateTimeOffset until
            ? RetryDuration.Bounded(until - (Date(headers["date"]) ?? now))
            : RetryDuration.Read(value.AsSpan(), wholeText: true);
    }

    private static DateTimeOffset? Date(string? value) =>
        DateTimeOffset.TryParseExact(
            value, HttpDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset date)
            ? date
            : null;
}
