using System.Globalization;

namespace ApiTools;

/// <summary>What is left of a service's limits, from an answer's <c>x-ratelimit-*</c> headers. What a header does not say is null.</summary>
public sealed class ApiRateLimit
{
    internal ApiRateLimit(long? limitRequests, long? remainingRequests, TimeSpan? resetRequests, long? limitTokens, long? remainingTokens, TimeSpan? resetTokens)
    {
        LimitRequests = limitRequests;
        RemainingRequests = remainingRequests;
        ResetRequests = resetRequests;
        LimitTokens = limitTokens;
        RemainingTokens = remainingTokens;
        ResetTokens = resetTokens;
    }

    /// <summary>Requests in a period.</summary>
    public long? LimitRequests { get; }

    /// <summary>Requests left in this period.</summary>
    public long? RemainingRequests { get; }

    /// <summary>The time until all requests are allowed again.</summary>
    public TimeSpan? ResetRequests { get; }

    /// <summary>Tokens in a period.</summary>
    public long? LimitTokens { get; }

    /// <summary>Tokens left in this period.</summary>
    public long? RemainingTokens { get; }

    /// <summary>The time until all tokens are allowed again.</summary>
    public TimeSpan? ResetTokens { get; }

    /// <summary>One line, of what is known.</summary>
    public override string ToString()
    {
        string[] parts = [.. new[] { Left(RemainingRequests, LimitRequests, "requests"), Left(RemainingTokens, LimitTokens, "tokens") }.OfType<string>()];
        return parts.Length == 0 ? "" : string.Join(", ", parts) + " left";
    }

    private static string? Left(long? remaining, long? limit, string what) => (remaining, limit) switch
    {
        (null, null) => null,
        (_, null) => FormattableString.Invariant($"{remaining} {what}"),
        _ => FormattableString.Invariant($"{remaining?.ToString(CultureInfo.InvariantCulture) ?? "?"}/{limit} {what}"),
    };
}
