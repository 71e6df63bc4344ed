namespace ApiTools.Http;

/// <summary>The list of a connection's models, kept for a while: a service has thousands, and they change by the week.</summary>
internal sealed class ServiceModelCache(ApiConnection connection, TimeProvider time)
{
    /// <summary>For how long a list is as good as a new one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private IReadOnlyList<ServiceModel>? _models;
    private long _fetched;
    private Task? _fetching;

    /// <summary>The list, however old; null where none was fetched.</summary>
    public IReadOnlyList<ServiceModel>? Known => Volatile.Read(ref _models);

    /// <summary>The list, unless it is too old; null otherwise.</summary>
    public IReadOnlyList<ServiceModel>? Fresh
    {
        get
        {
            lock (_lock)
            {
                return _models is not null && time.GetElapsedTime(_fetched) < Lifetime ? _models : null;
            }
        }
    }

    /// <summary>Keeps a list that was fetched just now.</summary>
    public void Keep(IReadOnlyList<ServiceModel> models)
    {
        lock (_lock)
        {
            _models = models;
            _fetched = time.GetTimestamp();
        }
    }

    /// <summary>
    /// Has the list fetched in the background, once at a time. The task ends when it is there, or could not be fetched; it never fails: who presses Tab
    /// wants no error.
    /// </summary>
    public Task BeginFetch()
    {
        lock (_lock)
        {
            if (_fetching is null || _fetching.IsCompleted)
            {
                // Another thread, since even the beginning of a first request takes longer than a key press may.
                _fetching = Task.Factory.StartNew(FetchAsync, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();
            }
            return _fetching;
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            Keep(await new ServiceProbe(connection, time).FetchAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (ApiException)
        {
            // The next command says what is wrong.
        }
    }
}
