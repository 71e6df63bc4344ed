namespace ApiTools.Http;

/// <summary>A wait before the next try.</summary>
/// <param name="Error">What made it necessary.</param>
/// <param name="NextAttempt">The number of the next try, two for the first retry.</param>
/// <param name="MaximumAttempts">How many tries there can be in all.</param>
/// <param name="Wait">How long the wait is.</param>
/// <param name="Reason">Why, and why so long, in words.</param>
internal sealed record RetryWait(ApiException Error, int NextAttempt, int MaximumAttempts, TimeSpan Wait, string Reason);
