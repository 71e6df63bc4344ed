namespace ApiTools.Repair;

/// <summary>A request that was made to fit its model's context window, or why it was not.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Request">The request, UTF-8 JSON; the same bytes where nothing was done.</param>
/// <param name="Message">What was left out or lowered, or why it cannot be, in one line; empty where it fits as it is or nothing is known.</param>
/// <param name="Edits">The edits that were made.</param>
/// <param name="Changes">The same for people, with offsets in the request as it was.</param>
internal sealed record ContextFitResult(
    ContextFitOutcome Outcome, byte[] Request, string Message, IReadOnlyList<TextEdit> Edits, IReadOnlyList<ChangeDraft> Changes)
{
    /// <summary>What of the request is in no count, such as an image that is given by its address: it may be too long all the same.</summary>
    public IReadOnlyCollection<string> Gaps { get; init; } = [];
}
