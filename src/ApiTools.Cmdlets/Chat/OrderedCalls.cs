namespace ApiTools.Cmdlets;

/// <summary>Calls under way, a bounded number at once, taken in the order in which they were begun.</summary>
internal sealed class OrderedCalls<T>(PipelinePump pump, int limit)
{
    private readonly Queue<(object? Target, Task<T> Task)> _calls = new();

    public int Count => _calls.Count;

    /// <summary>True where a further call has to wait for the oldest.</summary>
    public bool IsFull => _calls.Count >= limit;

    /// <summary>Begins a call.</summary>
    /// <param name="target">What it is for.</param>
    /// <param name="work">The call.</param>
    public void Begin(object? target, Func<CancellationToken, Task<T>> work) => _calls.Enqueue((target, pump.Start(work)));

    /// <summary>Waits for the oldest call and takes it.</summary>
    public (object? Target, Task<T> Task) Take()
    {
        pump.WaitUntil(() => _calls.Peek().Task.IsCompleted);
        return _calls.Dequeue();
    }

    /// <summary>Takes the oldest call if it is done; waits for nothing.</summary>
    public bool TryTake(out (object? Target, Task<T> Task) call)
    {
        if (_calls.Count > 0 && _calls.Peek().Task.IsCompleted)
        {
            call = _calls.Dequeue();
            return true;
        }
        call = default;
        return false;
    }

    /// <summary>Lets all calls finish within a time, and takes those that did.</summary>
    public IReadOnlyList<(object? Target, Task<T> Task)> Drain(TimeSpan time)
    {
        using CancellationTokenSource deadline = new(time);
        pump.WaitUntil(() => _calls.All(call => call.Task.IsCompleted), deadline.Token);
        List<(object? Target, Task<T> Task)> done = [.. _calls.Where(call => call.Task.IsCompleted)];
        _calls.Clear();
        return done;
    }
}
