namespace ApiTools.Batch;

/// <summary>What a journal has of an input that need not be sent: its answer, or a failure that the same request would meet again.</summary>
/// <param name="Completion">The answer; null for a failure.</param>
/// <param name="Failure">The failure; null for an answer.</param>
/// <param name="IsOtherRequest">True where the key is the same and the request is another than the one that was answered.</param>
internal sealed record JournalMatch(ChatCompletion? Completion, ApiException? Failure, bool IsOtherRequest);
