namespace ApiTools.Http;

/// <summary>What came of a call that succeeded in the end.</summary>
/// <param name="Value">The result.</param>
/// <param name="History">Each try.</param>
/// <param name="Duration">From the first try to the end, waits included.</param>
internal sealed record RetryResult<T>(T Value, IReadOnlyList<ApiAttempt> History, TimeSpan Duration);
