using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Counts the tokens of messages.</summary>
internal interface ITokenCount
{
    /// <summary>True where the count is the model's own, false for an estimate.</summary>
    bool IsExact { get; }

    /// <summary>What of the messages counted so far is in no count, a sentence each.</summary>
    IReadOnlyCollection<string> Gaps { get; }

    /// <summary>The tokens of some messages of a conversation, as one prompt.</summary>
    long Count(IEnumerable<JsonSlice> messages);

    /// <summary>The tokens of definitions of tools; one of no type has none.</summary>
    long CountTools(IEnumerable<JsonSlice> definitions);
}
