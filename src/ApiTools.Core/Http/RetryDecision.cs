namespace ApiTools.Http;

/// <summary>Whether to try again.</summary>
/// <param name="Verdict">What is to be done.</param>
/// <param name="Wait">How long to wait before the next try; for <see cref="RetryVerdict.TooLong"/> how long the service asks to, for
/// <see cref="RetryVerdict.OutOfTime"/> how long there is no time to; zero otherwise.</param>
/// <param name="Reason">Why, in words, for <see cref="ApiAttempt.Reason"/>: no capital, no full stop.</param>
internal readonly record struct RetryDecision(RetryVerdict Verdict, TimeSpan Wait, string Reason)
{
    /// <summary>True where the request is to be sent again after <see cref="Wait"/>, to this model or the next.</summary>
    public bool IsRetry => Verdict is RetryVerdict.Retry or RetryVerdict.Fallback;
}
