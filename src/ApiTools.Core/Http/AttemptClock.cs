using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>The time-outs of one attempt. Its token ends what the attempt awaits; afterwards it says which limit it was.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly AttemptLimits _limits;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ended;
    private readonly ITimer _whole;
    private readonly ITimer _idle;
    private volatile string? _reached;

    public AttemptClock(AttemptLimits limits, TimeProvider time, CancellationToken caller)
    {
        _limits = limits;
        _caller = caller;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _whole = time.CreateTimer(_ => End("whole"), null, limits.Whole, Timeout.InfiniteTimeSpan);
        // Until the answer begins only the whole attempt's limit counts: a model may think for minutes.
        _idle = time.CreateTimer(_ => End("idle"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the caller cancels or a limit is reached.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Says that a piece of the answer came; the next has to come in time.</summary>
    public void Touch() => _idle.Change(_limits.BetweenChunks, Timeout.InfiniteTimeSpan);

    /// <summary>The time-out that a cancellation means; null where it was the caller who cancelled.</summary>
    public ApiException? Failure(Uri address)
    {
        if (_reached is null || _caller.IsCancellationRequested)
        {
            return null;
        }
        string message = _reached == "idle"
            ? $"'{address.Authority}' sent nothing more for {Seconds(_limits.BetweenChunks)}, in the middle of its answer."
            : $"'{address.Authority}' did not answer in {Seconds(_limits.Whole)}.";
        return ApiErrors.TimedOut(message);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _whole.Dispose();
        _idle.Dispose();
        _ended.Dispose();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private void End(string limit)
    {
        _reached ??= limit;
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended just now.
        }
    }
}
