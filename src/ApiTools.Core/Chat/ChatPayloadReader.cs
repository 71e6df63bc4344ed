using System.Text;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>
/// Reads an answer of <c>/chat/completions</c>, the whole of it or one chunk of a stream, into a builder, in one pass over its UTF-8 bytes.
/// The two shapes differ only in the name of one property: <c>message</c> holds all, <c>delta</c> what is new.
/// </summary>
internal static class ChatPayloadReader
{
    // A tool call beyond this is no service's answer but an attack on memory.
    private const int MaximumToolCalls = 1024;

    private const int MaximumChoices = 1024;

    /// <summary>Reads one answer or chunk.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="builder">What to add to.</param>
    /// <returns>False where it carries an error instead of an answer.</returns>
    /// <exception cref="JsonException">It is no JSON, or not an object.</exception>
    public static bool Read(ReadOnlySpan<byte> json, ChatCompletionBuilder builder)
    {
        Utf8JsonReader reader = new(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is no JSON object.");
        }
        bool isAnswer = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                ReadArray(ref reader, builder, static (ref Utf8JsonReader item, ChatCompletionBuilder target) => ReadChoice(ref item, target));
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                builder.Id = ReadText(ref reader) ?? builder.Id;
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                builder.Model = ReadText(ref reader) ?? builder.Model;
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                builder.Usage = ReadUsage(ref reader) ?? builder.Usage;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                isAnswer = reader.TokenType == JsonTokenType.Null;
                reader.Skip();
            }
            else
            {
                SkipValue(ref reader);
            }
        }
        // Utf8JsonReader is told that the bytes are all there are: what follows the object is a fault.
        reader.Read();
        return isAnswer;
    }

    private delegate void ItemReader<T>(ref Utf8JsonReader reader, T target);

    private static void ReadArray<T>(ref Utf8JsonReader reader, T target, ItemReader<T> readItem)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                readItem(ref reader, target);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ChatCompletionBuilder builder)
    {
        // "index" may stand behind the message, so it is looked for first; a service that sends none has one choice.
        ChatCompletionBuilder.Choice choice = builder.GetChoice(FindIndex(reader, 0, MaximumChoices));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadMessage(ref reader, choice);
                }
                else
                {
                    reader.Skip();
                }
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                choice.FinishReason = ReadText(ref reader) ?? choice.FinishReason;
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ChatCompletionBuilder.Choice choice)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                ReadContent(ref reader, choice.Content);
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                AppendText(ref reader, choice.Refusal);
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                // DeepSeek and vLLM say reasoning_content, OpenRouter reasoning.
                AppendText(ref reader, choice.Reasoning);
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                ReadArray(ref reader, choice, static (ref Utf8JsonReader item, ChatCompletionBuilder.Choice target) => ReadToolCall(ref item, target));
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    // A string, or (Mistral) a list of parts of which those with text count.
    private static void ReadContent(ref Utf8JsonReader reader, StringBuilder content)
    {
        Utf8JsonReader ahead = reader;
        ahead.Read();
        if (ahead.TokenType != JsonTokenType.StartArray)
        {
            AppendText(ref reader, content);
            return;
        }
        ReadArray(ref reader, content, static (ref Utf8JsonReader part, StringBuilder target) =>
        {
            while (part.Read() && part.TokenType == JsonTokenType.PropertyName)
            {
                if (part.ValueTextEquals("text"u8))
                {
                    AppendText(ref part, target);
                }
                else
                {
                    SkipValue(ref part);
                }
            }
        });
    }

    private static void ReadToolCall(ref Utf8JsonReader reader, ChatCompletionBuilder.Choice choice)
    {
        // A whole message has no index: each call is the next.
        ChatCompletionBuilder.ToolCall call = choice.GetToolCall(FindIndex(reader, choice.ToolCallCount, MaximumToolCalls));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                call.Id = ReadText(ref reader) is { Length: > 0 } id ? id : call.Id;
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadFunction(ref reader, call);
                }
                else
                {
                    reader.Skip();
                }
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private static void ReadFunction(ref Utf8JsonReader reader, ChatCompletionBuilder.ToolCall call)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                call.Name = ReadText(ref reader) is { Length: > 0 } name ? name : call.Name;
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                AppendText(ref reader, call.Arguments);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private static ChatUsage? ReadUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        int prompt = 0, completion = 0;
        int? total = null, cached = null, reasoning = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                prompt = ReadCount(ref reader) ?? prompt;
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                completion = ReadCount(ref reader) ?? completion;
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                total = ReadCount(ref reader);
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                cached = ReadDetail(ref reader, "cached_tokens"u8);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
            {
                reasoning = ReadDetail(ref reader, "reasoning_tokens"u8);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
        return new ChatUsage(prompt, completion, total ?? prompt + completion, cached, reasoning);
    }

    private static int? ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        int? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                value = ReadCount(ref reader);
            }
            else
            {
                SkipValue(ref reader);
            }
        }
        return value;
    }

    // The reader is passed by value: what is looked at ahead stays to be read.
    private static int FindIndex(Utf8JsonReader ahead, int otherwise, int maximum)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (ahead.ValueTextEquals("index"u8))
            {
                return ReadCount(ref ahead) is int index && index < maximum ? index : otherwise;
            }
            SkipValue(ref ahead);
        }
        return otherwise;
    }

    private static int? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int count) && count >= 0)
        {
            return count;
        }
        reader.Skip();
        return null;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonStrings.Read(ref reader);
        }
        reader.Skip();
        return null;
    }

    private static void AppendText(ref Utf8JsonReader reader, StringBuilder target)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            JsonStrings.Append(ref reader, target);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
