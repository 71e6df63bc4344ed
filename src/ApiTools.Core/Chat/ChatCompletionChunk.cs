using ApiTools.Text;

namespace ApiTools;

/// <summary>One piece of a streamed answer, as it arrives: what is new of one choice. As text it is its new text.</summary>
public sealed class ChatCompletionChunk
{
    internal ChatCompletionChunk(string? id, string? model, int index, ChatUsage? usage)
    {
        Id = id;
        Model = model;
        Index = index;
        Usage = usage;
    }

    /// <summary>The service's name for the completion.</summary>
    public string? Id { get; }

    /// <summary>The model that answers, as the service names it.</summary>
    public string? Model { get; }

    /// <summary>Which of the answers it belongs to, where the request asked for several by <c>n</c>; 0 for the first.</summary>
    public int Index { get; }

    /// <summary>The new text, exactly as the model wrote it; empty where there is none.</summary>
    public string Content { get; internal init; } = string.Empty;

    /// <summary>What is new of why the model will not answer; null where there is nothing.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>What is new of the reasoning, from services that show it; null where there is nothing.</summary>
    public string? Reasoning { get; internal init; }

    /// <summary>What is new of the tools that the model wants called.</summary>
    public IReadOnlyList<ChatToolCallChunk> ToolCalls { get; internal init => field = ReadableList<ChatToolCallChunk>.Of(value); } = ReadableList<ChatToolCallChunk>.Nothing;

    /// <summary>Why the choice ended, on the chunk that ends it; null on others.</summary>
    public string? FinishReason { get; internal init; }

    /// <summary>What the completion cost, on the chunk that carries it; null on others.</summary>
    public ChatUsage? Usage { get; }

    /// <summary>Which try of the call it came from; 1 for the first. What an earlier try brought is void.</summary>
    public int Attempt { get; internal set; } = 1;

    /// <summary>What came in: the prompt, the object that filled the template, the request.</summary>
    public object? Input { get; internal set; }

    /// <summary>The new text.</summary>
    public override string ToString() => Content;
}
