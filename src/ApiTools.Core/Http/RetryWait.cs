using ApiTools.Time;

namespace ApiTools.Http;

/// <summary>A wait before the next try.</summary>
/// <param name="Error">What made it necessary; where <see cref="IsHeldBack"/>, what another call met.</param>
/// <param name="NextAttempt">The number of the next try: two for the first retry, one for a first try that is held back.</param>
/// <param name="MaximumAttempts">How many tries there can be in all.</param>
/// <param name="Wait">How long the wait is; zero where the next model is asked at once.</param>
/// <param name="Reason">Why, and why so long, in words: no capital, no full stop.</param>
internal sealed record RetryWait(ApiException Error, int NextAttempt, int MaximumAttempts, TimeSpan Wait, string Reason)
{
    /// <summary>True where no try of this call failed: it is held back by a rate limit that another call over the connection met.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>The fallback model that is asked next; null where it is the same again.</summary>
    public string? NextModel { get; init; }

    /// <summary>Waits, and tells of it: at the start, then each second, with what is left, and with zero at the end.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Is told.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task PassAsync(TimeProvider time, Func<RetryWait, TimeSpan, ValueTask> tell, CancellationToken cancellationToken)
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        for (TimeSpan left = Wait; left > TimeSpan.Zero; left -= second)
        {
            await tell(this, left).ConfigureAwait(false);
            await time.WaitAsync(left < second ? left : second, cancellationToken).ConfigureAwait(false);
        }
        await tell(this, TimeSpan.Zero).ConfigureAwait(false);
    }
}
