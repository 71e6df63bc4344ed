using ApiTools.Text;

namespace ApiTools;

/// <summary>One line of a journal: an input, and how it ended.</summary>
public sealed class JournalEntry
{
    internal JournalEntry(string key, JournalStatus status)
    {
        Key = key;
        Status = status;
    }

    /// <summary>The input's name: its key, the <c>custom_id</c> of its JSONL line, or one made of its content.</summary>
    public string Key { get; }

    /// <summary>Whether it was answered or failed.</summary>
    public JournalStatus Status { get; }

    /// <summary>The error code; null for an answer.</summary>
    public string? Code { get; internal init; }

    /// <summary>What happened, in words; null for an answer.</summary>
    public string? Message { get; internal init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The model that answered, or that was asked last.</summary>
    public string? Model => Completion?.Model ?? (AttemptHistory.Count > 0 ? AttemptHistory[AttemptHistory.Count - 1].Model : null);

    /// <summary>The text of the answer; null for a failure.</summary>
    public string? Content => Completion?.Content;

    /// <summary>Why the answer ended; null for a failure.</summary>
    public string? FinishReason => Completion?.FinishReason;

    /// <summary>What it cost, in tokens; null for a failure, and where the service did not say.</summary>
    public ChatUsage? Usage => Completion?.Usage;

    /// <summary>How many times it was sent.</summary>
    public int Attempts => AttemptHistory.Count;

    /// <summary>Each try, in order.</summary>
    public IReadOnlyList<ApiAttempt> AttemptHistory { get; internal init => field = ReadableList<ApiAttempt>.Of(value); } = ReadableList<ApiAttempt>.Nothing;

    /// <summary>When it ended; null where the line does not say.</summary>
    public DateTimeOffset? Time { get; internal init; }

    /// <summary>The time from the first try to its end, waits included.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>The SHA-256 of the request, hexadecimal, whatever the order of its members; null where the line does not say.</summary>
    public string? Request { get; internal init; }

    /// <summary>Which of the inputs with this request it is, from 1; null where its key tells it apart.</summary>
    public int? Occurrence { get; internal init; }

    /// <summary>Which job of the journal it is of, from 1.</summary>
    public int Job { get; internal set; }

    /// <summary>The line in the file, from 1.</summary>
    public int Line { get; internal set; }

    /// <summary>The whole answer; null for a failure.</summary>
    public ChatCompletion? Completion { get; internal init; }

    /// <summary>The failure as it was; null for an answer.</summary>
    internal ApiException? Failure { get; init; }

    /// <summary>The name and how it ended.</summary>
    public override string ToString() => $"{Key}: {Code ?? "answered"}";
}
