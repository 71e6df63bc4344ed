namespace ApiTools.Simulator;

/// <summary>The last requests, bounded in number and in text: the oldest are dropped first.</summary>
internal sealed class RequestLog
{
    /// <summary>The most requests kept.</summary>
    public const int MaximumRequests = 10_000;

    /// <summary>The most characters of text kept, of all requests together.</summary>
    public const int MaximumCharacters = 64 * 1024 * 1024;

    private readonly Queue<SimulatorRequest> _requests = new();
    private readonly object _gate = new();
    private long _characters;
    private int _count;

    /// <summary>How many requests came since the start.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A number for a request that has arrived.</summary>
    public int NextNumber() => Interlocked.Increment(ref _count);

    public void Add(SimulatorRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            _characters += Size(request);
            while (_requests.Count > MaximumRequests || _characters > MaximumCharacters)
            {
                _characters -= Size(_requests.Dequeue());
            }
        }
    }

    /// <summary>What is kept, in the order of arrival.</summary>
    public IReadOnlyList<SimulatorRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests.OrderBy(request => request.Number)];
        }
    }

    private static int Size(SimulatorRequest request) =>
        request.Body.Length + (request.Prompt?.Length ?? 0) + request.Headers.Sum(header => header.Key.Length + header.Value.Length);
}
