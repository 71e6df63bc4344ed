using ApiTools.Text;

namespace ApiTools;

/// <summary>One of the answers to a request; there are several only where it asked for them by <c>n</c>.</summary>
public sealed class ChatChoice
{
    internal ChatChoice(int index, string content, string? refusal, string? reasoning, IReadOnlyList<ChatToolCall> toolCalls, string? finishReason)
    {
        Index = index;
        Content = content;
        Refusal = refusal;
        Reasoning = reasoning;
        ToolCalls = ReadableList<ChatToolCall>.Of(toolCalls);
        FinishReason = finishReason;
    }

    /// <summary>0 for the first.</summary>
    public int Index { get; }

    /// <summary>The text, exactly as the model wrote it.</summary>
    public string Content { get; }

    /// <summary>Why the model will not answer; null where it did.</summary>
    public string? Refusal { get; }

    /// <summary>The reasoning, from services that show it; null from others.</summary>
    public string? Reasoning { get; }

    /// <summary>The tools that the model wants called.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; }

    /// <summary>Why it ended: <c>stop</c>, <c>length</c>, <c>content_filter</c>, <c>tool_calls</c>, or the service's own word.</summary>
    public string? FinishReason { get; }

    /// <summary>The answer as objects, where it was asked for by a schema, and matches it; null otherwise.</summary>
    public object? Parsed { get; internal set; }

    /// <summary>The answer's JSON, once it was found to match its schema.</summary>
    internal Schemas.JsonTree? ParsedTree { get; set; }

    /// <summary>The text.</summary>
    public override string ToString() => Content;
}
