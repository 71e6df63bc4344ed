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

    /// <summary>One line.</summary>
    public override string ToString() => $"{RemainingRequests}/{LimitRequests} requests, {RemainingTokens}/{LimitTokens} tokens left";
}
