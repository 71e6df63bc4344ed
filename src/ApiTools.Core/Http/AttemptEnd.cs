namespace ApiTools.Http;

/// <summary>How one try of a call ended.</summary>
/// <param name="Number">1 for the first; 0 where nothing was sent.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="Time">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Waited">How long was waited before it, since the try before it or since the call began.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal readonly record struct AttemptEnd(
    int Number, string? Model, DateTimeOffset Time, TimeSpan Duration, TimeSpan Waited, ApiRequestOutcome Outcome, ApiException? Error);
