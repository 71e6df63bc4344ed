namespace ApiTools.Http;

/// <summary>How long one attempt may take.</summary>
/// <param name="Whole">The whole attempt, from sending to the last byte.</param>
/// <param name="BetweenChunks">Between two pieces of an answer that has begun.</param>
internal sealed record AttemptLimits(TimeSpan Whole, TimeSpan BetweenChunks)
{
    /// <summary>The defaults of the help: 600 s, and 60 s between chunks.</summary>
    public static AttemptLimits Default { get; } = new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(60));
}
