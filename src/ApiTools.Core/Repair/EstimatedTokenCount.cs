using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>The page's estimate.</summary>
internal sealed class EstimatedTokenCount : ITokenCount
{
    public bool IsExact => false;

    // It is of texts, and is told as an estimate.
    public IReadOnlyCollection<string> Gaps => [];

    public long Count(IEnumerable<JsonSlice> messages)
    {
        TokenTally tally = default;
        foreach (JsonSlice message in messages)
        {
            ConversationText.AddMessage(message, ref tally);
        }
        return tally.Tokens;
    }

    public long CountTools(IEnumerable<JsonSlice> definitions)
    {
        TokenTally tally = default;
        foreach (JsonSlice definition in definitions)
        {
            ConversationText.AddAll(definition, ref tally);
        }
        return tally.Tokens;
    }
}
