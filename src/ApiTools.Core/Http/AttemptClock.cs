using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>The time-outs of one attempt. Its token ends what the attempt awaits; afterwards it says which limit it was.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly AttemptLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ended;
    private readonly ITimer _timer;
    private readonly long _start;
    private long _touched;
    private volatile bool _begun;
    private volatile bool _paused;
    private int _reached;

    public AttemptClock(AttemptLimits limits, TimeProvider time, CancellationToken caller)
    {
        _limits = limits;
        _time = time;
        _caller = caller;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _start = time.GetTimestamp();
        // Set once all is there that its callback reads.
        _timer = time.CreateTimer(static clock => ((AttemptClock)clock!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Shorter(limits.End, limits.FirstByte), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the caller cancels or a limit is reached.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Says that a piece of the answer came; the next has to come in time.</summary>
    public void Touch()
    {
        // A stream touches for each of its chunks: the timer is set for the first, and looks at the time of the last when it fires.
        Volatile.Write(ref _touched, _time.GetTimestamp());
        if (!_begun || _paused)
        {
            lock (_timer)
            {
                _begun = true;
                _paused = false;
                SetTimer();
            }
        }
    }

    /// <summary>Says that no piece is waited for until the next <see cref="Touch"/>: who is given the last one takes the time. The whole still counts.</summary>
    public void Pause() => _paused = true;

    /// <summary>The time-out that a cancellation means; null where it was the caller who cancelled.</summary>
    public ApiException? Failure(Uri address)
    {
        if (_caller.IsCancellationRequested)
        {
            return null;
        }
        string host = address.Authority;
        return (AttemptLimit)Volatile.Read(ref _reached) switch
        {
            AttemptLimit.FirstByte => ApiErrors.TimedOut($"'{host}' did not begin to answer in {Seconds(_limits.FirstByte)}."),
            AttemptLimit.BetweenChunks => ApiErrors.Stalled($"'{host}' sent nothing more for {Seconds(_limits.BetweenChunks)}, in the middle of its answer."),
            AttemptLimit.Whole when _limits.EndsAllTries =>
                ApiErrors.OutOfTime(_limits.AllTries!.Value, $"before '{host}' had {(_begun ? "sent its whole answer" : "begun to answer")}"),
            AttemptLimit.Whole when _begun => ApiErrors.TimedOut($"'{host}' was still sending its answer after {Seconds(_limits.Whole)}, the time for one try."),
            AttemptLimit.Whole => ApiErrors.TimedOut($"'{host}' did not answer in {Seconds(_limits.Whole)}."),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _ended.Dispose();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private TimeSpan WholeLeft => Left(_limits.End, _start);

    private TimeSpan PauseLeft => _paused ? Timeout.InfiniteTimeSpan
        : _begun ? Left(_limits.BetweenChunks, Volatile.Read(ref _touched))
        : Left(_limits.FirstByte, _start);

    // A timer counts whole milliseconds, and infinity as minus one.
    private TimeSpan Left(TimeSpan limit, long since) => limit == Timeout.InfiniteTimeSpan
        ? limit
        : TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((limit - _time.GetElapsedTime(since)).TotalMilliseconds)));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a == Timeout.InfiniteTimeSpan || (b != Timeout.InfiniteTimeSpan && b < a) ? b : a;

    private void SetTimer() => _timer.Change(Shorter(WholeLeft, PauseLeft), Timeout.InfiniteTimeSpan);

    private void Look()
    {
        bool hasBegun = _begun;
        if (WholeLeft == TimeSpan.Zero)
        {
            End(AttemptLimit.Whole);
        }
        else if (PauseLeft == TimeSpan.Zero)
        {
            End(hasBegun ? AttemptLimit.BetweenChunks : AttemptLimit.FirstByte);
        }
        else
        {
            // One at a time, so that what was seen before a touch does not set the timer after it.
            lock (_timer)
            {
                SetTimer();
            }
        }
    }

    private void End(AttemptLimit limit)
    {
        Interlocked.CompareExchange(ref _reached, (int)limit, (int)AttemptLimit.None);
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
