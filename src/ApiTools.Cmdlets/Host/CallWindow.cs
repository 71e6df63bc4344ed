using System.Collections.Concurrent;

namespace ApiTools.Cmdlets;

/// <summary>
/// Calls under way, at most so many at once, taken in the order in which they were begun or in which they end. For the pipeline thread.
/// </summary>
/// <param name="pump">Where they run.</param>
/// <param name="limit">How many may be under way at once.</param>
/// <param name="ordered">Whether they are taken in the order of their beginning.</param>
/// <param name="oneByOne">Whether the next begins only once the one before is taken: it needs what became of it.</param>
/// <typeparam name="TInput">What a call is for.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class CallWindow<TInput, TResult>(PipelinePump pump, int limit, bool ordered, bool oneByOne)
{
    // Ended calls that wait for an older one: enough that one slow answer does not idle the others, few enough that memory is bounded.
    private const int WaitingPerCall = 16;

    private readonly Queue<(TInput Input, Task<TResult> Task)> _begun = new();
    private readonly ConcurrentQueue<(TInput Input, Task<TResult> Task)> _ended = new();
    private int _untaken;
    private int _underWay;

    /// <summary>Calls that are begun and not taken.</summary>
    public int Count => _untaken;

    /// <summary>Calls that are begun and have not ended.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>True where no further call may begin now.</summary>
    public bool IsFull => UnderWay >= limit || _untaken >= (oneByOne ? 1 : limit * WaitingPerCall);

    /// <summary>Begins a call.</summary>
    public void Begin(TInput input, Func<CancellationToken, Task<TResult>> work)
    {
        _untaken++;
        Interlocked.Increment(ref _underWay);
        Task<TResult> task = pump.Start(work, done =>
        {
            if (!ordered)
            {
                _ended.Enqueue((input, done));
            }
            Interlocked.Decrement(ref _underWay);
        });
        if (ordered)
        {
            _begun.Enqueue((input, task));
        }
    }

    /// <summary>Adds what needs no call, to be taken in its turn.</summary>
    /// <param name="input">What it is for.</param>
    /// <param name="ended">Its result, or its failure.</param>
    public void Add(TInput input, Task<TResult> ended)
    {
        _untaken++;
        if (ordered)
        {
            _begun.Enqueue((input, ended));
        }
        else
        {
            _ended.Enqueue((input, ended));
        }
    }

    /// <summary>Waits until a call may begin, or one can be taken, or the wait has an end of its own.</summary>
    public void WaitForRoom(CancellationToken deadline = default) => pump.WaitUntil(() => !IsFull || CanTake, deadline);

    /// <summary>Waits until a call can be taken, or the wait has an end of its own.</summary>
    public void WaitForNext(CancellationToken deadline = default) => pump.WaitUntil(() => CanTake, deadline);

    /// <summary>Takes the next call if there is one to take; waits for nothing.</summary>
    public bool TryTake(out (TInput Input, Task<TResult> Task) call)
    {
        call = default;
        if (!CanTake || (!ordered && !_ended.TryDequeue(out call)))
        {
            return false;
        }
        if (ordered)
        {
            call = _begun.Dequeue();
        }
        _untaken--;
        return true;
    }

    /// <summary>Lets all calls end within a time. Those that did can be taken; the others are forgotten.</summary>
    /// <returns>The calls that ended, in the order in which they are taken.</returns>
    public IReadOnlyList<(TInput Input, Task<TResult> Task)> Drain(TimeSpan time)
    {
        using CancellationTokenSource deadline = new(time);
        pump.WaitUntil(() => UnderWay == 0, deadline.Token);
        List<(TInput Input, Task<TResult> Task)> done = [.. _begun.Where(call => call.Task.IsCompleted)];
        while (_ended.TryDequeue(out (TInput Input, Task<TResult> Task) call))
        {
            done.Add(call);
        }
        _begun.Clear();
        _untaken = 0;
        return done;
    }

    private bool CanTake => ordered ? _begun.Count > 0 && _begun.Peek().Task.IsCompleted : !_ended.IsEmpty;
}
