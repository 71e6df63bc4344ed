namespace ApiTools.Http;

/// <summary>What is to be done after a failed try: the three kinds of wait, and the ends of the budget and of the time.</summary>
internal enum RetryVerdict
{
    /// <summary>Worth waiting for: try again after <see cref="RetryDecision.Wait"/>.</summary>
    Retry,

    /// <summary>Ask the next model, after <see cref="RetryDecision.Wait"/>.</summary>
    Fallback,

    /// <summary>The service asks for a longer wait than is allowed: fail now, and say when to come back.</summary>
    TooLong,

    /// <summary>No wait changes anything: the request, the key or the account has to change first.</summary>
    OfNoUse,

    /// <summary>A wait might help, but every try has been made.</summary>
    BudgetSpent,

    /// <summary>A wait might help, but the time for all tries together is over, or would be before the wait is.</summary>
    OutOfTime,
}
