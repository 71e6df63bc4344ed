using ApiTools.Tokens;

namespace ApiTools.Simulator;

/// <summary>One answer to a chat request: what it says, and why it ends.</summary>
/// <param name="Text">The text; null for none.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c>, or what a script of answers says.</param>
internal sealed record ChatChoice(string? Text, string FinishReason)
{
    /// <summary>Why it will not answer; null where it does.</summary>
    public string? Refusal { get; init; }

    /// <summary>The tools that it calls.</summary>
    public IReadOnlyList<SimulatorToolCall> Calls { get; init; } = [];

    /// <summary>Its tokens by the page's estimate: of all that it says, as one text.</summary>
    public long Tokens
    {
        get
        {
            TokenTally tally = default;
            tally.Add(Text.AsSpan());
            tally.Add(Refusal.AsSpan());
            foreach (SimulatorToolCall call in Calls)
            {
                tally.Add(call.Name.AsSpan());
                tally.Add(call.Arguments.AsSpan());
            }
            return tally.Tokens;
        }
    }
}
