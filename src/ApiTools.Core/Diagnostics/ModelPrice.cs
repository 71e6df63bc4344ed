namespace ApiTools.Diagnostics;

/// <summary>What a million tokens cost.</summary>
/// <param name="Input">Of what is sent.</param>
/// <param name="Output">Of what is answered.</param>
/// <param name="CachedInput">Of what is sent and comes from the service's cache; as the rest of the input where null.</param>
internal readonly record struct ModelPrice(decimal Input, decimal Output, decimal? CachedInput)
{
    private const decimal Million = 1_000_000;

    /// <summary>What this usage cost.</summary>
    public decimal Of(ApiUsage usage)
    {
        long cached = Math.Min(usage.CachedTokens, usage.InputTokens);
        return (((usage.InputTokens - cached) * Input) + (cached * (CachedInput ?? Input)) + (usage.OutputTokens * Output)) / Million;
    }
}
