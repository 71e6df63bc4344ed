namespace ApiTools.Http;

/// <summary>How long one attempt may take.</summary>
/// <param name="Whole">The whole attempt, from sending to the last byte.</param>
/// <param name="BetweenChunks">Between two pieces of an answer that has begun.</param>
internal sealed record AttemptLimits(TimeSpan Whole, TimeSpan BetweenChunks)
{
    /// <summary>The defaults of the help: 600 s, and 60 s between chunks.</summary>
    public static AttemptLimits Default { get; } = new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(60));

    /// <summary>From sending to the first byte of the answer. Infinite where only the whole attempt's limit counts: a model may think for minutes.</summary>
    public TimeSpan FirstByte { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The time for all tries of the call together; null for none.</summary>
    public TimeSpan? AllTries { get; private init; }

    /// <summary>What is left of <see cref="AllTries"/> when this attempt begins.</summary>
    private TimeSpan Left { get; init; }

    /// <summary>When the attempt ends at the latest, counted from its begin.</summary>
    public TimeSpan End => EndsAllTries ? Left : Whole;

    /// <summary>True where it is the time for all tries that ends the attempt, not the attempt's own.</summary>
    public bool EndsAllTries => AllTries is not null && (Whole == Timeout.InfiniteTimeSpan || Left < Whole);

    /// <summary>These limits for an attempt that begins when a part of the time for all tries has passed.</summary>
    public AttemptLimits Within(TimeSpan? allTries, TimeSpan elapsed) => allTries is not TimeSpan all
        ? this
        : this with { AllTries = all, Left = elapsed < all ? all - elapsed : TimeSpan.Zero };
}
