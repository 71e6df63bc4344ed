using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Writes a completion in the API's own shape: what <see cref="ChatPayloadReader"/> reads back is the same in every property.</summary>
internal static class ChatCompletionWriter
{
    /// <summary>Writes the completion as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="completion">The completion.</param>
    /// <param name="created">When it was made.</param>
    public static void Write(Utf8JsonWriter writer, ChatCompletion completion, DateTimeOffset created)
    {
        writer.WriteStartObject();
        JsonStringWriter.Write(writer, "id"u8, completion.Id);
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteNumber("created"u8, created.ToUnixTimeSeconds());
        JsonStringWriter.Write(writer, "model"u8, completion.Model);
        writer.WriteStartArray("choices"u8);
        foreach (ChatChoice choice in completion.Choices)
        {
            WriteChoice(writer, choice);
        }
        writer.WriteEndArray();
        if (completion.Usage is ChatUsage usage)
        {
            WriteUsage(writer, usage);
        }
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ChatChoice choice)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, choice.Index);
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        // As the API has it: no text beside a refusal or tool calls is null.
        bool hasOther = choice.Refusal is not null || choice.ToolCalls.Count > 0;
        JsonStringWriter.Write(writer, "content"u8, choice.Content.Length == 0 && hasOther ? null : choice.Content);
        JsonStringWriter.Write(writer, "refusal"u8, choice.Refusal);
        if (choice.Reasoning is not null)
        {
            JsonStringWriter.Write(writer, "reasoning_content"u8, choice.Reasoning);
        }
        if (choice.ToolCalls.Count > 0)
        {
            WriteToolCalls(writer, choice.ToolCalls);
        }
        writer.WriteEndObject();
        JsonStringWriter.Write(writer, "finish_reason"u8, choice.FinishReason);
        writer.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter writer, IReadOnlyList<ChatToolCall> calls)
    {
        writer.WriteStartArray("tool_calls"u8);
        foreach (ChatToolCall call in calls)
        {
            writer.WriteStartObject();
            JsonStringWriter.Write(writer, "id"u8, call.Id);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            JsonStringWriter.Write(writer, "name"u8, call.Name);
            JsonStringWriter.Write(writer, "arguments"u8, call.Arguments);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter writer, ChatUsage usage)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, usage.PromptTokens);
        writer.WriteNumber("completion_tokens"u8, usage.CompletionTokens);
        writer.WriteNumber("total_tokens"u8, usage.TotalTokens);
        WriteDetail(writer, "prompt_tokens_details"u8, "cached_tokens"u8, usage.CachedTokens);
        WriteDetail(writer, "completion_tokens_details"u8, "reasoning_tokens"u8, usage.ReasoningTokens);
        writer.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter writer, ReadOnlySpan<byte> group, ReadOnlySpan<byte> name, int? tokens)
    {
        if (tokens is int count)
        {
            writer.WriteStartObject(group);
            writer.WriteNumber(name, count);
            writer.WriteEndObject();
        }
    }
}
