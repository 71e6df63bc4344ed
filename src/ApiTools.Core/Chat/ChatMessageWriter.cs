using System.Text;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Writes what a model and its tools said as messages of the next request.</summary>
internal static class ChatMessageWriter
{
    /// <summary>A completion as the assistant's message: its text, refusal and tool calls. Its reasoning is not sent again: services refuse it.</summary>
    public static byte[] Assistant(ChatCompletion completion) => Assistant(completion, completion.ToolCalls);

    /// <summary>A completion as the assistant's message, with these in the place of its tool calls.</summary>
    public static byte[] Assistant(ChatCompletion completion, IReadOnlyList<ChatToolCall> calls) => JsonWriting.ToUtf8(writer =>
    {
        bool hasOther = completion.Refusal is not null || calls.Count > 0;
        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("content"u8, completion.Content.Length == 0 && hasOther ? null : Sendable(completion.Content));
        if (completion.Refusal is not null)
        {
            writer.WriteString("refusal"u8, Sendable(completion.Refusal));
        }
        if (calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls"u8);
            foreach (ChatToolCall call in calls)
            {
                Write(writer, call);
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    });

    /// <summary>An answer's text as the assistant's message.</summary>
    public static byte[] Assistant(string content) => ChatRequestWriter.Message("assistant", Sendable(content));

    /// <summary>What a tool answered to a call.</summary>
    /// <param name="callId">The call's id.</param>
    /// <param name="content">The answer.</param>
    public static byte[] Tool(string callId, string content) => JsonWriting.ToUtf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, "tool"u8);
        writer.WriteString("tool_call_id"u8, Sendable(callId));
        writer.WriteString("content"u8, Sendable(content));
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, ChatToolCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Sendable(call.Id));
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        // A model may call what no tool can be called, and the next request has to be one all the same.
        writer.WriteString("name"u8, ToolName.Sendable(call.Name));
        writer.WriteString("arguments"u8, Sendable(call.Arguments));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // A model's text may be cut in the middle of a character, and services refuse half of one: U+FFFD stands in its place.
    private static string Sendable(string text) => Text.SurrogatePairs.IndexOfHalf(text) < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
