using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Writes requests as UTF-8 JSON.</summary>
internal static class ChatRequestWriter
{
    /// <summary>A request of messages and parameters.</summary>
    /// <param name="messages">Each message as UTF-8 JSON.</param>
    /// <param name="parameters">The rest.</param>
    public static byte[] Write(IEnumerable<byte[]> messages, ChatParameters parameters)
    {
        return JsonWriting.ToUtf8(writer =>
        {
            writer.WriteStartObject();
            WriteParameters(writer, parameters);
            writer.WriteStartArray("messages"u8);
            foreach (byte[] message in messages)
            {
                writer.WriteRawValue(message, skipInputValidation: true);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>A message as UTF-8 JSON.</summary>
    /// <exception cref="ApiRequestException">invalid_value: the text holds half a surrogate pair, which no JSON text can carry.</exception>
    public static byte[] Message(string role, string content)
    {
        CheckText(content, $"the {role} message");
        return JsonWriting.ToUtf8(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, role);
            writer.WriteString("content"u8, content);
            writer.WriteEndObject();
        });
    }

    /// <summary>
    /// A whole request with some of its parameters replaced. What is not replaced keeps its text to the letter; with nothing to replace
    /// the bytes are returned as they are.
    /// </summary>
    /// <param name="request">UTF-8 JSON, an object.</param>
    /// <param name="overrides">What to set.</param>
    /// <param name="defaultModel">The model for a request that names none.</param>
    /// <exception cref="JsonException">It is no JSON, or has a name that is no text.</exception>
    public static byte[] Override(byte[] request, ChatParameters overrides, string? defaultModel)
    {
        using JsonDocument document = JsonDocument.Parse(request);
        try
        {
            return Override(request, document.RootElement, overrides, defaultModel);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("The name of a member has half a surrogate pair.", exception);
        }
    }

    private static byte[] Override(byte[] request, JsonElement root, ChatParameters overrides, string? defaultModel)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return request;
        }
        ChatParameters wanted = overrides with { Model = overrides.Model ?? (root.TryGetProperty("model", out _) ? null : defaultModel) };
        if (wanted == new ChatParameters())
        {
            return request;
        }
        return JsonWriting.ToUtf8(writer =>
        {
            writer.WriteStartObject();
            WriteParameters(writer, wanted);
            foreach (JsonProperty property in root.EnumerateObject())
            {
                if (!IsSet(property.Name, wanted))
                {
                    writer.WritePropertyName(property.Name);
                    writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
                }
            }
            writer.WriteEndObject();
        });
    }

    private static void WriteParameters(Utf8JsonWriter writer, ChatParameters parameters)
    {
        if (parameters.Model is string model)
        {
            CheckText(model, "the model's name");
            writer.WriteString("model"u8, model);
        }
        if (parameters.Temperature is double temperature)
        {
            WriteNumber(writer, "temperature", temperature);
        }
        if (parameters.TopP is double topP)
        {
            WriteNumber(writer, "top_p", topP);
        }
        if (parameters.MaxTokens is int maxTokens)
        {
            writer.WriteNumber("max_tokens"u8, maxTokens);
        }
        if (parameters.Stop is IReadOnlyList<string> stop)
        {
            writer.WriteStartArray("stop"u8);
            foreach (string text in stop)
            {
                CheckText(text, "a stop text");
                writer.WriteStringValue(text);
            }
            writer.WriteEndArray();
        }
        if (parameters.Seed is long seed)
        {
            writer.WriteNumber("seed"u8, seed);
        }
        if (parameters.PresencePenalty is double presencePenalty)
        {
            WriteNumber(writer, "presence_penalty", presencePenalty);
        }
        if (parameters.FrequencyPenalty is double frequencyPenalty)
        {
            WriteNumber(writer, "frequency_penalty", frequencyPenalty);
        }
        if (parameters.ReasoningEffort is string effort)
        {
            CheckText(effort, "the reasoning effort");
            writer.WriteString("reasoning_effort"u8, effort);
        }
        if (parameters.ResponseFormat is { Length: > 0 } format)
        {
            writer.WritePropertyName("response_format"u8);
            writer.WriteRawValue(format, skipInputValidation: true);
        }
        foreach (KeyValuePair<string, byte[]> property in parameters.Property ?? [])
        {
            writer.WritePropertyName(property.Key);
            writer.WriteRawValue(property.Value, skipInputValidation: true);
        }
        if (parameters.Stream)
        {
            writer.WriteBoolean("stream"u8, true);
            // Without it a stream says nothing of its usage (OpenAI's reference, stream_options).
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
        }
    }

    private static bool IsSet(string name, ChatParameters parameters) => name switch
    {
        "model" => parameters.Model is not null,
        "temperature" => parameters.Temperature is not null,
        "top_p" => parameters.TopP is not null,
        "max_tokens" or "max_completion_tokens" => parameters.MaxTokens is not null,
        "stop" => parameters.Stop is not null,
        "seed" => parameters.Seed is not null,
        "presence_penalty" => parameters.PresencePenalty is not null,
        "frequency_penalty" => parameters.FrequencyPenalty is not null,
        "reasoning_effort" => parameters.ReasoningEffort is not null,
        "response_format" when parameters.ResponseFormat is not null => true,
        "stream" or "stream_options" when parameters.Stream => true,
        _ => parameters.Property?.Any(property => property.Key == name) == true,
    };

    private static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw ApiErrors.InvalidValue(name, $"{name} is {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}, which is no number that JSON can carry.");
        }
        writer.WriteNumber(name, value);
    }

    /// <summary>Refuses text that UTF-8 cannot hold: sent, U+FFFD would stand in its place.</summary>
    /// <exception cref="ApiRequestException">invalid_value: where half of a surrogate pair stands.</exception>
    public static void CheckText(string text, string what)
    {
        int half = SurrogatePairs.IndexOfHalf(text);
        if (half >= 0)
        {
            throw ApiErrors.InvalidValue(
                "messages",
                $"At position {half + 1} {what} has half of a surrogate pair (U+{(int)text[half]:X4}), which is no character and cannot be sent.",
                "Get-Help Invoke-ApiChat -Examples");
        }
    }
}
