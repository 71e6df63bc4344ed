using ApiTools.Text;

namespace ApiTools;

/// <summary>
/// An answer that the simulator is to give, exactly as it is said here. Answers are looked at in their order; the first that matches a chat and has
/// times left is given. A chat that none is left for gets the ordinary answer.
/// </summary>
public sealed class SimulatorAnswer
{
    /// <summary>The text; null for none, as beside a refusal or tool calls.</summary>
    public string? Content { get; init; }

    /// <summary>What the model says where it will not answer.</summary>
    public string? Refusal { get; init; }

    /// <summary>The tools that it calls.</summary>
    public IReadOnlyList<SimulatorToolCall> ToolCalls { get; init; } = [];

    /// <summary>Why it ends, such as <c>stop</c>, <c>length</c>, <c>content_filter</c>: <c>tool_calls</c> or <c>stop</c> where left out.</summary>
    public string? FinishReason { get; init; }

    /// <summary>How many chats get it: 1 where left out, -1 for every one.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching chats pass before the first gets it: 0 where left out.</summary>
    public int After { get; init; }

    /// <summary>What the last user message must be like (PowerShell's wildcards; case counts for nothing); any where left out.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the model's name must be like (wildcards as in <see cref="Prompt"/>); any where left out.</summary>
    public string? Model { get; init; }

    /// <summary>The answer in one line.</summary>
    public override string ToString() =>
        VisibleText.Line(Refusal ?? Content ?? (ToolCalls.Count > 0 ? string.Join(" ", ToolCalls) : FinishReason), 200);
}
