using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>The page's estimate; where a service has said how many tokens the whole is, in proportion to that.</summary>
/// <param name="scale">How many tokens of the service's go to one of the estimate's; never less than 1, so that the estimate's own verdict holds too.</param>
internal sealed class EstimatedTokenCount(double scale = 1) : ITokenCount
{
    public bool IsExact => false;

    /// <summary>The estimate in proportion to what a service counted.</summary>
    /// <param name="messages">All messages of the request.</param>
    /// <param name="counted">The service's count of them; null where it said none.</param>
    public static EstimatedTokenCount InProportion(IEnumerable<JsonSlice> messages, long? counted)
    {
        long estimate = new EstimatedTokenCount().Count(messages);
        return new EstimatedTokenCount(counted > estimate && estimate > 0 ? (double)counted.Value / estimate : 1);
    }

    public long Count(IEnumerable<JsonSlice> messages)
    {
        TokenTally tally = default;
        foreach (JsonSlice message in messages)
        {
            ConversationText.AddMessage(message, ref tally);
        }
        return (long)Math.Ceiling(tally.Tokens * scale);
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
