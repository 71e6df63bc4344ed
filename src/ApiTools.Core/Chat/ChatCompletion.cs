using ApiTools.Text;

namespace ApiTools;

/// <summary>The whole answer to one request. As text it is its content.</summary>
public sealed class ChatCompletion
{
    private static readonly ChatChoice NoChoice = new(0, string.Empty, null, null, [], null);

    internal ChatCompletion(string? id, string? model, IReadOnlyList<ChatChoice> choices, ChatUsage? usage)
    {
        Id = id;
        Model = model;
        Choices = ReadableList<ChatChoice>.Of(choices);
        Usage = usage;
    }

    private ChatChoice First => Choices.Count > 0 ? Choices[0] : NoChoice;

    /// <summary>The service's name for the completion.</summary>
    public string? Id { get; }

    /// <summary>The model that answered, as the service names it.</summary>
    public string? Model { get; }

    /// <summary>The text of the answer, exactly as the model wrote it.</summary>
    public string Content => First.Content;

    /// <summary>The answer as objects, where it was asked for by a schema (-Schema); null otherwise. Numbers keep their precision, members their order.</summary>
    public object? Parsed => First.Parsed;

    /// <summary>Why the model will not answer; null where it did.</summary>
    public string? Refusal => First.Refusal;

    /// <summary>The reasoning, from services that show it; null from others.</summary>
    public string? Reasoning => First.Reasoning;

    /// <summary>The tools that the model wants called and that have not run. Those that have, with <c>-InvokeTool</c>, stand in <see cref="ToolHistory"/>.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls => First.ToolCalls;

    /// <summary>Why the answer ended: <c>stop</c>, <c>length</c> (cut off by max_tokens), <c>content_filter</c>, <c>tool_calls</c>.</summary>
    public string? FinishReason => First.FinishReason;

    /// <summary>All answers, where the request asked for several by <c>n</c>.</summary>
    public IReadOnlyList<ChatChoice> Choices { get; }

    /// <summary>
    /// What it cost, in tokens: all rounds of tools together, and both times where it was asked for once more (-RetryInvalid); null where the service
    /// does not say.
    /// </summary>
    public ChatUsage? Usage { get; internal set; }

    /// <summary>What the last answer alone cost, where tools were called before it; null otherwise.</summary>
    internal ChatUsage? OwnUsage { get; set; }

    /// <summary>The service's name for the request, which its support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>What is left of the limits, as the answer's headers say; null where they do not.</summary>
    public ApiRateLimit? RateLimit { get; internal init; }

    /// <summary>How many times the request was sent.</summary>
    public int Attempts => AttemptHistory.Count;

    /// <summary>Each try, in order.</summary>
    public IReadOnlyList<ApiAttempt> AttemptHistory { get; internal set => field = ReadableList<ApiAttempt>.Of(value); } = ReadableList<ApiAttempt>.Nothing;

    /// <summary>Each tool call on the way to this answer, in order, and what became of it. Empty without <c>-InvokeTool</c>.</summary>
    public IReadOnlyList<ChatToolResult> ToolHistory { get; internal set => field = ReadableList<ChatToolResult>.Of(value); } = ReadableList<ChatToolResult>.Nothing;

    /// <summary>The time from the first try to the end of the answer, waits and tools included.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>What came in: the prompt, the object that filled the template, the request.</summary>
    public object? Input { get; internal set; }

    /// <summary>The name of the input in its job: the JSONL line's <c>custom_id</c>, its key, or its journal's name for it; null where it has none.</summary>
    public string? CustomId { get; internal set; }

    /// <summary>True where it was not asked for now: it was finished by an earlier run, and read from the journal.</summary>
    public bool FromJournal { get; internal set; }

    /// <summary>The text of the answer.</summary>
    public override string ToString() => Content;
}
