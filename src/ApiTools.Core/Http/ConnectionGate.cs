using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>
/// What all calls over a connection share: each attempt enters before it is sent and leaves when it has ended. It keeps no more under way than the
/// service has shown to take, and holds back a model's attempts as long as the service asked any of them to wait. First come, first served.
/// It has no timer and no task: who waits, waits by a clock of its own (<see cref="GateEntrance"/>).
/// </summary>
internal sealed class ConnectionGate(TimeProvider time)
{
    /// <summary>The longest hold for a limit that an answer's headers call used up: what the reset of such a header means differs from service to service.</summary>
    public static readonly TimeSpan LongestHeaderHold = TimeSpan.FromSeconds(60);

    // A service has few models; what calls name is bounded by nothing.
    private const int ManyHolds = 64;

    private readonly object _lock = new();
    private readonly LinkedList<GateWaiter> _waiters = new();
    private readonly Dictionary<string, GateHold> _holds = new(StringComparer.Ordinal);
    private AimdLevel _level = AimdLevel.Start;
    private int _inFlight;
    private int _paused;
    private int _epoch;

    /// <summary>How many attempts may be under way at once, as far as is known.</summary>
    public int Level => Locked(() => _level.Places);

    /// <summary>How many attempts are under way.</summary>
    public int InFlight => Locked(() => _inFlight);

    /// <summary>How many attempts wait to be sent.</summary>
    public int Waiting => Locked(() => _waiters.Count);

    /// <summary>Enters where that needs no wait; allocates nothing.</summary>
    public bool TryEnter(string? model, out GatePass pass)
    {
        model ??= string.Empty;
        lock (_lock)
        {
            bool free = _waiters.Count == 0 && HasPlace && HoldOf(model, time.GetTimestamp()) is null;
            pass = free ? Admit(model) : default;
            return free;
        }
    }

    /// <summary>Takes a place in the queue. What is queued has to enter, or to be abandoned.</summary>
    public GateWaiter Enqueue(string? model)
    {
        GateWaiter waiter = new(model ?? string.Empty);
        lock (_lock)
        {
            _waiters.AddLast(waiter);
        }
        return waiter;
    }

    /// <summary>
    /// Looks whether a waiter may enter by now. Where not, either a hold keeps it, which is to be waited out, or <see cref="GateWaiter.Signal"/> says
    /// when to look again.
    /// </summary>
    public bool TryEnter(GateWaiter waiter, out GatePass pass, out GateHold? hold)
    {
        lock (_lock)
        {
            // One look at the clock: a hold that ended between two would keep the waiter out, and leave nobody to wake it.
            long now = time.GetTimestamp();
            AdmitWaiters(now);
            pass = waiter.Pass ?? default;
            hold = waiter.Pass is null ? HoldOf(waiter.Model, now) : null;
            if (waiter.Pass is null && waiter.Signal.Task.IsCompleted)
            {
                waiter.Signal = GateWaiter.NewSignal();
            }
            return waiter.Pass is not null;
        }
    }

    /// <summary>Gives up waiting; a place that was given meanwhile goes to the next.</summary>
    public void Abandon(GateWaiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Pass is null)
            {
                _waiters.Remove(waiter);
            }
            else
            {
                _inFlight--;
            }
            AdmitWaiters(time.GetTimestamp());
        }
    }

    /// <summary>Leaves after a success, which may make room for more at once.</summary>
    public void Succeed(GatePass pass)
    {
        lock (_lock)
        {
            if (pass.Epoch == _epoch)
            {
                _level = _level.Succeeded(_inFlight);
            }
            Leave();
        }
    }

    /// <summary>Leaves after a failure: of too many at once, of a limit that was met, or of something that is no matter of how many there are.</summary>
    public void Fail(GatePass pass, ApiException error)
    {
        bool concernsAll = error.RetryByKind != RetryAdvice.Never && (error is ApiLimitException || error.Code == "service_unavailable");
        lock (_lock)
        {
            // What was sent before the level was lowered says nothing of the new level.
            if (pass.Epoch == _epoch && IsCongestion(error))
            {
                _level = _level.Congested(Math.Max(pass.InFlight, _inFlight));
                _epoch++;
            }
            if (concernsAll && error.RetryAfter is TimeSpan wait && wait > TimeSpan.Zero)
            {
                HoldBack(pass.Model, wait, error);
            }
            Leave();
        }
    }

    /// <summary>Leaves an attempt that was cancelled.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            Leave();
        }
    }

    /// <summary>
    /// An attempt under way stands still: its reader is busy with what came. Where all do, one more is let in, for it may be a call of a reader's
    /// own (<c>... -AsChunk | ForEach-Object { Invoke-ApiChat ... }</c>), which all of them wait for.
    /// </summary>
    public void Pause()
    {
        lock (_lock)
        {
            _paused++;
            AdmitWaiters(time.GetTimestamp());
        }
    }

    /// <summary>It goes on.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _paused--;
        }
    }

    /// <summary>Holds back a model whose limit is used up, as an answer's headers say, before the limit is met.</summary>
    public void HoldUntilReset(string? model, TimeSpan reset)
    {
        TimeSpan wait = reset < LongestHeaderHold ? reset : LongestHeaderHold;
        if (wait <= TimeSpan.Zero)
        {
            return;
        }
        ApiException cause = ApiErrors.LimitSpent(model, wait);
        lock (_lock)
        {
            HoldBack(model ?? string.Empty, wait, cause);
        }
    }

    /// <summary>What is left of a hold.</summary>
    public TimeSpan Left(GateHold hold) => time.GetElapsedTime(time.GetTimestamp(), hold.Until);

    private bool HasPlace => _inFlight < _level.Places || _paused >= _inFlight;

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    // A limit that a wait helps against, and an overload that the service calls so.
    private static bool IsCongestion(ApiException error) => error.RetryByKind != RetryAdvice.Never && error switch
    {
        ApiLimitException => true,
        ApiServerException { Code: "service_unavailable" } => error.RetryAfter is not null || SaysOverloaded(error.ServiceCode) || SaysOverloaded(error.Type),
        _ => false,
    };

    // "overloaded_error" (Anthropic), "engine_overloaded" (OpenAI).
    private static bool SaysOverloaded(string? name) => name?.IndexOf("overloaded", StringComparison.OrdinalIgnoreCase) >= 0;

    private GatePass Admit(string model) => new(model, _epoch, ++_inFlight);

    private void Leave()
    {
        _inFlight--;
        AdmitWaiters(time.GetTimestamp());
    }

    private void AdmitWaiters(long now)
    {
        for (LinkedListNode<GateWaiter>? node = _waiters.First; node is not null && HasPlace;)
        {
            GateWaiter waiter = node.Value;
            LinkedListNode<GateWaiter>? next = node.Next;
            if (HoldOf(waiter.Model, now) is null)
            {
                _waiters.Remove(node);
                waiter.Pass = Admit(waiter.Model);
                waiter.Signal.TrySetResult(true);
            }
            node = next;
        }
    }

    private GateHold? HoldOf(string model, long now)
    {
        if (_holds.Count == 0 || !_holds.TryGetValue(model, out GateHold? hold))
        {
            return null;
        }
        if (hold.Until > now)
        {
            return hold;
        }
        _holds.Remove(model);
        return null;
    }

    private void HoldBack(string model, TimeSpan wait, ApiException cause)
    {
        // Exact, and rounded up to the clock's tick: never sooner than told.
        long until = time.GetTimestamp() + (long)decimal.Ceiling((decimal)wait.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
        if (_holds.TryGetValue(model, out GateHold? earlier) && earlier.Until >= until)
        {
            return;
        }
        if (_holds.Count >= ManyHolds)
        {
            ForgetEndedHolds();
        }
        _holds[model] = new GateHold(until, cause);
        foreach (GateWaiter waiter in _waiters)
        {
            if (string.Equals(waiter.Model, model, StringComparison.Ordinal))
            {
                waiter.Signal.TrySetResult(false);
            }
        }
    }

    private void ForgetEndedHolds()
    {
        long now = time.GetTimestamp();
        foreach (string model in _holds.Where(hold => hold.Value.Until <= now).Select(hold => hold.Key).ToList())
        {
            _holds.Remove(model);
        }
    }
}
