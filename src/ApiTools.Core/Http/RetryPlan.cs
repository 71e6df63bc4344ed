using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>
/// Which model is tried next, and after which wait: the policy's decisions with one budget over all models. The state of one call.
/// A model's share of the budget is what is left of it, divided by the models that are left, rounded up.
/// </summary>
internal sealed class RetryPlan
{
    private readonly RetryPolicy _policy;
    private readonly IReadOnlyList<string?> _models;
    private int _index;
    private int _made;
    private int _share;

    /// <param name="policy">When to try again, and how long to wait before it.</param>
    /// <param name="models">The models to ask, in order: one at least.</param>
    public RetryPlan(RetryPolicy policy, IReadOnlyList<string?> models)
    {
        _policy = policy;
        _models = models;
        _share = Share();
    }

    /// <summary>The model of the next try.</summary>
    public string? Model => _models[_index];

    /// <summary>How many tries the budget still has.</summary>
    public int TriesLeft => _policy.MaximumRetryCount + 1 - _made;

    /// <summary>Whether another model may be asked.</summary>
    public bool HasFallback => _index + 1 < _models.Count && TriesLeft > 0 && _policy.MaximumRetryCount > 0;

    /// <summary>What to do after a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="sent">Whether it was of a try; false for one that was held back and never sent, which costs nothing of the budget.</param>
    /// <param name="elapsed">The time since the call began.</param>
    public RetryDecision After(ApiException error, bool sent, TimeSpan elapsed)
    {
        if (sent)
        {
            _made++;
            _share--;
        }
        RetryDecision decision = _policy.Decide(error, Math.Max(1, _made), elapsed);
        if (!HasFallback)
        {
            return decision;
        }
        if (GoesOnAtOnce(error, decision, elapsed))
        {
            return FallBack(TimeSpan.Zero, string.Empty);
        }
        return decision.IsRetry && _share <= 0 ? FallBack(decision.Wait, $", after {RetryPolicy.Seconds(decision.Wait)} s") : decision;
    }

    // "Wait for recovery, use fallback model", and waits that another model does not need.
    private bool GoesOnAtOnce(ApiException error, RetryDecision decision, TimeSpan elapsed) => _policy.HasTimeFor(TimeSpan.Zero, elapsed) && decision.Verdict switch
    {
        RetryVerdict.TooLong => true,
        RetryVerdict.OutOfTime => decision.Wait > TimeSpan.Zero,
        RetryVerdict.Retry => error.Code == "service_unavailable",
        _ => false,
    };

    private RetryDecision FallBack(TimeSpan wait, string when)
    {
        _index++;
        _share = Share();
        return new(RetryVerdict.Fallback, wait, $"tried '{VisibleText.Line(Model ?? string.Empty)}' next{when}");
    }

    private int Share()
    {
        int modelsLeft = _models.Count - _index;
        return Math.Max(1, (int)(((long)TriesLeft + modelsLeft - 1) / modelsLeft));
    }
}
