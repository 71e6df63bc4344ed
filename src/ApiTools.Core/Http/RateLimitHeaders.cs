using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Reads the <c>x-ratelimit-*</c> headers (OpenAI's reference, "Rate limits"; other services send the same names).</summary>
internal static class RateLimitHeaders
{
    /// <summary>What the headers say; null where they say nothing.</summary>
    public static ApiRateLimit? Read(AnswerHeaders headers, DateTimeOffset now)
    {
        ApiRateLimit limit = new(
            Number(headers["x-ratelimit-limit-requests"]),
            Number(headers["x-ratelimit-remaining-requests"]),
            RetryHint.FromReset(headers["x-ratelimit-reset-requests"], now),
            Number(headers["x-ratelimit-limit-tokens"]),
            Number(headers["x-ratelimit-remaining-tokens"]),
            RetryHint.FromReset(headers["x-ratelimit-reset-tokens"], now));
        bool saysNothing = limit.LimitRequests is null && limit.RemainingRequests is null && limit.LimitTokens is null && limit.RemainingTokens is null;
        return saysNothing ? null : limit;
    }

    /// <summary>How long nothing more can be sent, because a limit is used up; null where something is left, or no header says how long.</summary>
    public static TimeSpan? UsedUpFor(AnswerHeaders headers, DateTimeOffset now)
    {
        TimeSpan? requests = UsedUpFor(headers, "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", now);
        TimeSpan? tokens = UsedUpFor(headers, "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", now);
        return requests > tokens ? requests : tokens ?? requests;
    }

    private static TimeSpan? UsedUpFor(AnswerHeaders headers, string remaining, string reset, DateTimeOffset now) =>
        Number(headers[remaining]) == 0 ? RetryHint.FromReset(headers[reset], now) : null;

    private static long? Number(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
