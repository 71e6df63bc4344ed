namespace ApiTools.Diagnostics;

/// <summary>The counts of one model over one connection. From any thread.</summary>
internal sealed class UsageCounter
{
    // Codes are services' own words; more of them than this are no codes.
    private const int MaximumCodes = 200;

    /// <summary>Where what is beyond a bound is counted.</summary>
    public const string Other = "(other)";

    private readonly object _lock = new();
    private readonly DurationHistogram _durations = new();
    private readonly Dictionary<string, long> _errors = new(StringComparer.Ordinal);
    private readonly long[] _outcomes = new long[5];
    private long _inputTokens;
    private long _outputTokens;
    private long _cachedTokens;
    private long _reasoningTokens;
    private TimeSpan _waited;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Counts a request.</summary>
    public void Add(in UsageEvent request)
    {
        lock (_lock)
        {
            _outcomes[(int)request.Outcome]++;
            _inputTokens += request.InputTokens;
            _outputTokens += request.OutputTokens;
            _cachedTokens += request.CachedTokens;
            _reasoningTokens += request.ReasoningTokens;
            _waited += request.Waited;
            _first = _first is null || request.Time < _first ? request.Time : _first;
            _last = _last is null || request.Time > _last ? request.Time : _last;
            if (request.WasSent)
            {
                _durations.Add(request.Duration);
            }
            if (request.Code is string code)
            {
                Count(code, 1);
            }
        }
    }

    /// <summary>Counts what another has counted.</summary>
    public void Add(UsageCounter other)
    {
        lock (other._lock)
        {
            lock (_lock)
            {
                for (int i = 0; i < _outcomes.Length; i++)
                {
                    _outcomes[i] += other._outcomes[i];
                }
                _inputTokens += other._inputTokens;
                _outputTokens += other._outputTokens;
                _cachedTokens += other._cachedTokens;
                _reasoningTokens += other._reasoningTokens;
                _waited += other._waited;
                _first = _first is null || other._first < _first ? other._first : _first;
                _last = _last is null || other._last > _last ? other._last : _last;
                _durations.Add(other._durations);
                foreach (KeyValuePair<string, long> error in other._errors)
                {
                    Count(error.Key, error.Value);
                }
            }
        }
    }

    /// <summary>The counts as they are now.</summary>
    public ApiUsage Read(string? connection, string? model)
    {
        lock (_lock)
        {
            return new ApiUsage
            {
                Connection = connection,
                Model = model,
                Requests = _durations.Count,
                Succeeded = _outcomes[(int)ApiRequestOutcome.Succeeded],
                Retries = _outcomes[(int)ApiRequestOutcome.Retried],
                Failed = _outcomes[(int)ApiRequestOutcome.Failed],
                Refused = _outcomes[(int)ApiRequestOutcome.Refused],
                Cancelled = _outcomes[(int)ApiRequestOutcome.Cancelled],
                InputTokens = _inputTokens,
                OutputTokens = _outputTokens,
                CachedTokens = _cachedTokens,
                ReasoningTokens = _reasoningTokens,
                Waited = _waited,
                Errors = _errors.OrderByDescending(error => error.Value).ThenBy(error => error.Key, StringComparer.Ordinal).ToDictionary(error => error.Key, error => error.Value),
                P50 = _durations.Percentile(0.5),
                P95 = _durations.Percentile(0.95),
                P99 = _durations.Percentile(0.99),
                FirstTime = _first,
                LastTime = _last,
            };
        }
    }

    private void Count(string code, long times)
    {
        string key = _errors.ContainsKey(code) || _errors.Count < MaximumCodes ? code : Other;
        _errors.TryGetValue(key, out long before);
        _errors[key] = before + times;
    }
}
