namespace ApiTools.Validation;

/// <summary>How many tokens a request is, part by part.</summary>
/// <param name="parts">Its messages, and what else a model reads of it.</param>
/// <param name="certain">How many of the tokens are sure: counted, or of a number that is documented for the model.</param>
/// <param name="notes">What is not sure.</param>
internal sealed class ConversationCount(MessageTokens[] parts, long certain, ConversationNotes notes)
{
    /// <summary>The parts: the messages in their order, then the others.</summary>
    public MessageTokens[] Parts { get; } = parts;

    /// <summary>All tokens.</summary>
    public long Tokens { get; } = parts.Sum(part => part.Tokens);

    /// <summary>The least that it can be: the text alone, where the rest is a guess.</summary>
    public long Certain { get; } = certain;

    /// <summary>What is not sure, a sentence each.</summary>
    public string[] Notes { get; } = notes.All;

    /// <summary>Those of the notes that say what is not in the sum.</summary>
    public string[] Gaps { get; } = notes.Gaps;

    /// <summary>Whether nothing is a guess.</summary>
    public bool IsExact => Notes.Length == 0;
}
