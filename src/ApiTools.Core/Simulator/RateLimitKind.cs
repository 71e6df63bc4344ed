namespace ApiTools.Simulator;

/// <summary>What a rate limit counts.</summary>
internal enum RateLimitKind
{
    Requests,
    Tokens,
}
