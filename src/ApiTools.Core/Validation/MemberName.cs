namespace ApiTools.Validation;

/// <summary>
/// The name of a member that a relation asks for. Each rule looks it up among its members once, when the table is made, so that asking for one is
/// a look into an array.
/// </summary>
internal sealed class MemberName
{
    private static readonly List<MemberName> Known = [];

    private MemberName(string text)
    {
        Id = Known.Count;
        Text = text;
        Known.Add(this);
    }

    /// <summary>All of them, by their numbers.</summary>
    public static IReadOnlyList<MemberName> All => Known;

    public static MemberName Audio { get; } = new("audio");

    public static MemberName Content { get; } = new("content");

    public static MemberName Data { get; } = new("data");

    public static MemberName FileData { get; } = new("file_data");

    public static MemberName FileId { get; } = new("file_id");

    public static MemberName FunctionCall { get; } = new("function_call");

    public static MemberName Functions { get; } = new("functions");

    public static MemberName Logprobs { get; } = new("logprobs");

    public static MemberName MaxCompletionTokens { get; } = new("max_completion_tokens");

    public static MemberName MaxTokens { get; } = new("max_tokens");

    public static MemberName Messages { get; } = new("messages");

    public static MemberName Modalities { get; } = new("modalities");

    public static MemberName Model { get; } = new("model");

    public static MemberName ParallelToolCalls { get; } = new("parallel_tool_calls");

    public static MemberName Parameters { get; } = new("parameters");

    public static MemberName ReasoningEffort { get; } = new("reasoning_effort");

    public static MemberName Refusal { get; } = new("refusal");

    public static MemberName ResponseFormat { get; } = new("response_format");

    public static MemberName Role { get; } = new("role");

    public static MemberName Schema { get; } = new("schema");

    public static MemberName Stream { get; } = new("stream");

    public static MemberName StreamOptions { get; } = new("stream_options");

    public static MemberName Strict { get; } = new("strict");

    public static MemberName ToolCallId { get; } = new("tool_call_id");

    public static MemberName ToolCalls { get; } = new("tool_calls");

    public static MemberName ToolChoice { get; } = new("tool_choice");

    public static MemberName Tools { get; } = new("tools");

    public static MemberName TopLogprobs { get; } = new("top_logprobs");

    public static MemberName Type { get; } = new("type");

    public static MemberName Url { get; } = new("url");

    /// <summary>Its number, from 0.</summary>
    public int Id { get; }

    /// <summary>The name.</summary>
    public string Text { get; }
}
