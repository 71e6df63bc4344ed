using System.Text;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Writes what a model and its tools said as messages of the next request.</summary>
internal static class ChatMessageWriter
{
    // OpenAI's answer: ^[a-zA-Z0-9_-]+$, at most 64. A model may call what no tool can be called, and the next request has to be one all the same.
    private const int MostOfName = 64;

    /// <summary>A completion as the assistant's message: its text, refusal and tool calls. Its reasoning is not sent again: services refuse it.</summary>
    public static byte[] Assistant(ChatCompletion completion) => JsonWriting.ToUtf8(writer =>
    {
        bool hasOther = completion.Refusal is not null || completion.ToolCalls.Count > 0;
        writer.WriteStartObject();
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("content"u8, completion.Content.Length == 0 && hasOther ? null : Sendable(completion.Content));
        if (completion.Refusal is not null)
        {
            writer.WriteString("refusal"u8, Sendable(completion.Refusal));
        }
        if (completion.ToolCalls.Count > 0)
        {
            writer.WriteStartArray("tool_calls"u8);
            foreach (ChatToolCall call in completion.ToolCalls)
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
        writer.WriteString("name"u8, Name(call.Name));
        writer.WriteString("arguments"u8, Sendable(call.Arguments));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Name(string name)
    {
        string allowed = new([.. name.Take(MostOfName).Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' ? c : '_')]);
        return allowed.Length > 0 ? allowed : "_";
    }

    // A model's text may be cut in the middle of a character, and services refuse half of one: U+FFFD stands in its place.
    private static string Sendable(string text) => Text.SurrogatePairs.IndexOfHalf(text) < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
