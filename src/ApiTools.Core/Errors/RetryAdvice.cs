namespace ApiTools;

/// <summary>Whether, and how, trying again can help after an error.</summary>
public enum RetryAdvice
{
    /// <summary>Trying again changes nothing: the request, the key or the account has to change first.</summary>
    Never,

    /// <summary>Try again after a wait, no sooner than the service asks (<c>Retry-After</c>).</summary>
    Backoff,

    /// <summary>Try again after a wait, with fewer requests at once.</summary>
    FewerAtOnce,

    /// <summary>Try again after a wait, then use another model.</summary>
    BackoffThenFallback,
}
