namespace ApiTools.Diagnostics;

/// <summary>What became of a request, as a log writes it.</summary>
internal static class OutcomeNames
{
    /// <summary>The word for it.</summary>
    public static ReadOnlySpan<byte> Utf8(ApiRequestOutcome outcome) => outcome switch
    {
        ApiRequestOutcome.Succeeded => "succeeded"u8,
        ApiRequestOutcome.Retried => "retried"u8,
        ApiRequestOutcome.Refused => "refused"u8,
        ApiRequestOutcome.Cancelled => "cancelled"u8,
        _ => "failed"u8,
    };

    /// <summary>What a word means; null for any other.</summary>
    public static ApiRequestOutcome? Read(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("succeeded"u8) ? ApiRequestOutcome.Succeeded
        : word.SequenceEqual("retried"u8) ? ApiRequestOutcome.Retried
        : word.SequenceEqual("failed"u8) ? ApiRequestOutcome.Failed
        : word.SequenceEqual("refused"u8) ? ApiRequestOutcome.Refused
        : word.SequenceEqual("cancelled"u8) ? ApiRequestOutcome.Cancelled
        : null;
}
