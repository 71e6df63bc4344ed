using System.Globalization;

namespace ApiTools.Simulator;

/// <summary>Writes the headers of limits as OpenAI does ("Rate limits", "Rate limits in headers"): <c>x-ratelimit-*</c>, with lengths of time as Go writes them.</summary>
internal static class LimitHeaders
{
    /// <summary>What is left of the limits that there are.</summary>
    public static void Add(List<KeyValuePair<string, string>> headers, RateState state)
    {
        string reset = Duration(state.Reset);
        if (state.RequestLimit is long requests)
        {
            Add(headers, "requests", requests, requests - state.Requests, reset);
        }
        if (state.TokenLimit is long tokens)
        {
            Add(headers, "tokens", tokens, tokens - state.Tokens, reset);
        }
    }

    /// <summary>One limit.</summary>
    public static void Add(List<KeyValuePair<string, string>> headers, string unit, long limit, long remaining, string reset)
    {
        headers.Add(new("x-ratelimit-limit-" + unit, limit.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new("x-ratelimit-remaining-" + unit, remaining.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new("x-ratelimit-reset-" + unit, reset));
    }

    /// <summary>How long to wait, in both of the headers that OpenAI sends.</summary>
    public static KeyValuePair<string, string>[] RetryAfter(TimeSpan wait)
    {
        long milliseconds = Milliseconds(wait);
        return
        [
            new("Retry-After", ((milliseconds + 999) / 1000).ToString(CultureInfo.InvariantCulture)),
            new("retry-after-ms", milliseconds.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>A length of time as Go's Duration.String writes it: <c>0s</c>, <c>6ms</c>, <c>1.2s</c>, <c>6m0s</c>, <c>1h0m0s</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        long milliseconds = Milliseconds(time);
        if (milliseconds is > 0 and < 1000)
        {
            return FormattableString.Invariant($"{milliseconds}ms");
        }
        string seconds = (milliseconds % 60_000 / 1000m).ToString("0.###", CultureInfo.InvariantCulture) + "s";
        long minutes = milliseconds / 60_000;
        return minutes == 0 ? seconds
            : minutes < 60 ? FormattableString.Invariant($"{minutes}m{seconds}")
            : FormattableString.Invariant($"{minutes / 60}h{minutes % 60}m{seconds}");
    }

    // Rounded up: whoever waits so long does not come too early.
    private static long Milliseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
}
