using System.Globalization;

namespace ApiTools.Errors;

/// <summary>What the headers of an answer say of the limits: which one is spent, with which numbers, and for how long.</summary>
internal static class LimitHeaderTable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Every family of headers that is known.</summary>
    public static IReadOnlyList<LimitHeader> All { get; } =
    [
        new("requests", null, "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "OpenAI, Groq: community.openai.com/t/1268905"),
        new("tokens", null, "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "OpenAI, Groq: community.openai.com/t/1268905"),
        new("requests", null, "anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", "Anthropic: anthropics/anthropic-sdk-typescript#357"),
        new("tokens", null, "anthropic-ratelimit-tokens-limit", "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset", "Anthropic: anthropics/anthropic-sdk-typescript#357"),
        new("input_tokens", null, "anthropic-ratelimit-input-tokens-limit", "anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset", "Anthropic: rdrr.io/cran/tidyllm, a recorded answer"),
        new("output_tokens", null, "anthropic-ratelimit-output-tokens-limit", "anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset", "Anthropic: rdrr.io/cran/tidyllm, a recorded answer"),
        new("requests", Minute, "x-ratelimit-limit-req-minute", "x-ratelimit-remaining-req-minute", null, "Mistral: mistralai/client-ts#169"),
        new("tokens", Minute, "x-ratelimit-limit-tokens-minute", "x-ratelimit-remaining-tokens-minute", "x-ratelimit-reset-tokens-minute", "Mistral: mistralai/client-ts#169; the reset is Cerebras's"),
        new("requests", Day, "x-ratelimit-limit-requests-day", "x-ratelimit-remaining-requests-day", "x-ratelimit-reset-requests-day", "Cerebras: inference-docs.cerebras.ai/support/rate-limits"),
        new("tokens", Minute, "x-ratelimit-limit-tokens-per-minute", "x-ratelimit-remaining-tokens-per-minute", "x-ratelimit-reset-tokens-per-minute", "DigitalOcean: docs.digitalocean.com, quota-specific response headers"),
        new("tokens", Day, "x-ratelimit-limit-tokens-per-day", "x-ratelimit-remaining-tokens-per-day", "x-ratelimit-reset-tokens-per-day", "DigitalOcean: docs.digitalocean.com, quota-specific response headers"),
        new(null, null, "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "OpenRouter, GitHub and many gateways"),
        new(null, null, "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "Kong: Kong/docs.konghq.com PR 1713"),
    ];

    /// <summary>How long to wait: these come with every answer, so they say it only where it is known which of the limits was met.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="type">The body's <c>type</c>, which may name the limit: <c>tokens</c>, <c>requests</c>.</param>
    /// <param name="now">When the answer came.</param>
    public static TimeSpan? Reset(AnswerHeaders headers, string? type, DateTimeOffset now)
    {
        TimeSpan? named = null;
        TimeSpan? spent = null;
        TimeSpan? nameless = null;
        foreach (LimitHeader header in All)
        {
            if (header.Reset is null || RetryHint.FromReset(headers[header.Reset], now) is not TimeSpan reset)
            {
                continue;
            }
            if (header.Kind is null)
            {
                nameless ??= reset;
            }
            else if (header.Kind == type)
            {
                named = Longer(named, reset);
            }
            else if (headers[header.Remaining] == "0")
            {
                spent = Longer(spent, reset);
            }
        }
        // Where the type names the limit, a reset of the other says nothing.
        return type is "tokens" or "requests" ? named : spent ?? nameless ?? Ietf(headers["ratelimit"]);
    }

    /// <summary>The numbers of the limit that is spent; null where no header says it.</summary>
    public static ApiLimitDetail? Read(AnswerHeaders headers, string? type, DateTimeOffset now)
    {
        foreach (LimitHeader header in All)
        {
            if (Number(headers[header.Limit]) is long limit && Number(headers[header.Remaining]) is long remaining && (remaining == 0 || header.Kind == type))
            {
                return new ApiLimitDetail
                {
                    Kind = header.Kind,
                    Window = header.Window,
                    Limit = limit,
                    Used = Math.Max(0, limit - remaining),
                    Reset = header.Reset is null ? null : RetryHint.FromReset(headers[header.Reset], now),
                };
            }
        }
        return null;
    }

    private static TimeSpan? Longer(TimeSpan? a, TimeSpan b) => a > b ? a : b;

    // draft-ietf-httpapi-ratelimit-headers: "default";r=0;t=30; before: limit=10, remaining=0, reset=30.
    private static TimeSpan? Ietf(string? value)
    {
        if (value is null)
        {
            return null;
        }
        string? left = null;
        string? seconds = null;
        foreach (string part in value.Split(';', ','))
        {
            string[] pair = part.Trim().Split('=');
            if (pair.Length == 2)
            {
                left = pair[0] is "r" or "remaining" ? pair[1] : left;
                seconds = pair[0] is "t" or "reset" ? pair[1] : seconds;
            }
        }
        return left == "0" && RetryDuration.Number(seconds) is double number ? RetryDuration.FromSeconds(number) : null;
    }

    private static long? Number(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
