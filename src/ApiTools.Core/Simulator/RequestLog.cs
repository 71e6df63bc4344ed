namespace ApiTools.Simulator;

/// <summary>The last requests, bounded in number and in text: the oldest are dropped first.</summary>
internal sealed class RequestLog
{
    /// <summary>The most requests kept.</summary>
    public const int MaximumRequests = 10_000;

    /// <summary>The most text kept, of all requests together: characters, and bytes of bodies.</summary>
    public const int MaximumText = 64 * 1024 * 1024;

    private readonly Queue<LoggedRequest> _requests = new();
    private readonly object _gate = new();
    private long _text;

    public void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            _text += request.Size;
            while (_requests.Count > MaximumRequests || _text > MaximumText)
            {
                _text -= _requests.Dequeue().Size;
            }
        }
    }

    /// <summary>What is kept, in the order of arrival.</summary>
    public IReadOnlyList<SimulatorRequest> Snapshot()
    {
        LoggedRequest[] kept;
        lock (_gate)
        {
            kept = [.. _requests];
        }
        return [.. kept.OrderBy(request => request.Number).Select(request => request.Shown)];
    }
}
