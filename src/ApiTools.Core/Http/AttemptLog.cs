namespace ApiTools.Http;

/// <summary>The history of one call: its tries, its first failure, and its time.</summary>
internal sealed class AttemptLog(TimeProvider time)
{
    private readonly List<ApiAttempt> _attempts = [];
    private readonly long _begin = time.GetTimestamp();
    private long _start;
    private long _ended;
    private bool _isTrying;
    private string? _model;
    private ApiException? _first;
    private string? _firstModel;

    /// <summary>How many tries there were.</summary>
    public int Count => _attempts.Count;

    /// <summary>The time since the call began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begin);

    /// <summary>True where a try is under way, or there was one.</summary>
    public bool HasTried => _isTrying || _attempts.Count > 0;

    /// <summary>A try begins. Returns the time since the call began.</summary>
    public TimeSpan Start(string? model)
    {
        _model = model;
        _isTrying = true;
        _start = time.GetTimestamp();
        return time.GetElapsedTime(_begin, _start);
    }

    /// <summary>How the try that was recorded just now ended, for who records requests.</summary>
    public AttemptEnd Ended(ApiRequestOutcome outcome, ApiException? error)
    {
        TimeSpan duration = _attempts[_attempts.Count - 1].Duration;
        TimeSpan waited = time.GetElapsedTime(_ended == 0 ? _begin : _ended, _start);
        _ended = time.GetTimestamp();
        return new AttemptEnd(_attempts.Count, _model, time.GetUtcNow() - duration, duration, waited, outcome, error);
    }

    /// <summary>How the call ended, without another try recorded: refused before it was sent, or cancelled; or how a try without a history did.</summary>
    public AttemptEnd Unsent(string? model, ApiRequestOutcome outcome, ApiException? error)
    {
        long now = time.GetTimestamp();
        long since = _ended == 0 ? _begin : _ended;
        return _isTrying
            ? new AttemptEnd(_attempts.Count + 1, _model, time.GetUtcNow() - time.GetElapsedTime(_start, now), time.GetElapsedTime(_start, now), time.GetElapsedTime(since, _start), outcome, error)
            : new AttemptEnd(0, model, time.GetUtcNow(), TimeSpan.Zero, time.GetElapsedTime(since, now), outcome, error);
    }

    /// <summary>The try succeeded: the call's result.</summary>
    public RetryResult<T> Succeed<T>(T value)
    {
        Add(200, null, null, "it succeeded");
        return new RetryResult<T>(value, _attempts, Elapsed);
    }

    /// <summary>The try failed.</summary>
    public void Fail(ApiException error, TimeSpan? wait, string reason) => Add(error.Status, error.Code, wait, reason);

    /// <summary>Keeps the first failure, whether it was sent or not.</summary>
    public void Remember(string? model, ApiException error)
    {
        if (_first is null)
        {
            _first = error;
            _firstModel = model;
        }
    }

    /// <summary>The failure that ends the call, with all that is known of it.</summary>
    public ApiException End(string? model, ApiException error)
    {
        bool differs = _first is not null && (_first.Code != error.Code || !string.Equals(_firstModel, model, StringComparison.Ordinal));
        error.AttemptHistory = _attempts;
        error.FirstError = differs ? _first : null;
        error.RetryAt = error.RetryAfter is TimeSpan after ? time.GetUtcNow() + after : null;
        return error;
    }

    private void Add(int? status, string? code, TimeSpan? wait, string reason)
    {
        _isTrying = false;
        _attempts.Add(new ApiAttempt(_attempts.Count + 1, _model, status, code, time.GetElapsedTime(_start), wait, reason));
    }
}
