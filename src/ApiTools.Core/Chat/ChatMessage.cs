using ApiTools.Text;

namespace ApiTools;

/// <summary>One message of a conversation: who speaks, and what.</summary>
public sealed class ChatMessage
{
    /// <summary>A message of text.</summary>
    /// <param name="role">system, user, assistant, developer or tool.</param>
    /// <param name="content">The text.</param>
    public ChatMessage(string role, string content)
    {
        Role = role;
        Content = content;
    }

    /// <summary>Who speaks: system, user, assistant, developer or tool.</summary>
    public string Role { get; }

    /// <summary>The text; of several parts those that are text, a line each, and empty where there is none.</summary>
    public string Content { get; }

    /// <summary>The name of who speaks, where several share a role; null where it has none.</summary>
    public string? Name { get; internal init; }

    /// <summary>Why the model would not answer; null where it did.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>The tools that the model wanted called.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; internal init => field = ReadableList<ChatToolCall>.Of(value); } = ReadableList<ChatToolCall>.Nothing;

    /// <summary>The call that a tool's message answers; null for any other message.</summary>
    public string? ToolCallId { get; internal init; }

    /// <summary>What the message shows beside its text, each in a word or two, such as <c>image/png</c>.</summary>
    public IReadOnlyList<string> Attachments { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>The message as it is sent, UTF-8 JSON; null for one of text alone.</summary>
    internal byte[]? Utf8Json { get; init; }

    /// <summary>Role and text.</summary>
    public override string ToString() => $"{Role}: {Content}";
}
