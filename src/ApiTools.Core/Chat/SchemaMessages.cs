using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>What a request's messages say of a schema: what the answer has to be, and what was wrong with the one before.</summary>
internal static class SchemaMessages
{
    /// <summary>A request that tells the schema: in its first message where that is the system's, else in a system message of its own.</summary>
    /// <param name="request">UTF-8 JSON; what is no request comes back as it is, for the check to say why.</param>
    /// <param name="schema">What to tell.</param>
    public static byte[] Tell(byte[] request, AnswerSchema schema)
    {
        string told = $"Answer with JSON alone, with no text around it, that matches this JSON Schema:\n{schema.Text}";
        return Rewrite(request, (writer, messages) =>
        {
            List<JsonElement> all = [.. messages.EnumerateArray()];
            string? system = all.Count > 0 ? SystemText(all[0]) : null;
            if (system is null)
            {
                writer.WriteRawValue(ChatRequestWriter.Message("system", told), skipInputValidation: true);
            }
            else if (!system.EndsWith(told, StringComparison.Ordinal))
            {
                WriteAppended(writer, all[0], system.Length == 0 ? told : $"{system}\n\n{told}");
                all.RemoveAt(0);
            }
            Write(writer, all);
        });
    }

    /// <summary>A request that asks again: with the answer, and what is wrong with it.</summary>
    /// <param name="request">The request as it was answered, UTF-8 JSON.</param>
    /// <param name="answer">The answer's text.</param>
    /// <param name="mismatch">Where, and in what, it does not match.</param>
    public static byte[] Correct(byte[] request, string answer, string mismatch) => Rewrite(request, (writer, messages) =>
    {
        Write(writer, messages.EnumerateArray());
        writer.WriteRawValue(ChatMessageWriter.Assistant(answer), skipInputValidation: true);
        string told = $"That does not match the schema: {mismatch}. Answer again: the whole JSON, corrected, with no text around it.";
        writer.WriteRawValue(ChatRequestWriter.Message("user", told), skipInputValidation: true);
    });

    private static byte[] Rewrite(byte[] request, Action<Utf8JsonWriter, JsonElement> writeMessages)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(request, JsonWriting.AnyDepth);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
            {
                return request;
            }
            return JsonWriting.ToUtf8(writer =>
            {
                writer.WriteStartObject();
                foreach (JsonProperty property in root.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    if (property.NameEquals("messages"u8))
                    {
                        writer.WriteStartArray();
                        writeMessages(writer, property.Value.ValueKind == JsonValueKind.Array ? property.Value : messages);
                        writer.WriteEndArray();
                    }
                    else
                    {
                        writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
                    }
                }
                writer.WriteEndObject();
            });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in a name.
            return request;
        }
    }

    // Null where it is none of the system's, or not of text alone.
    private static string? SystemText(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("role", out JsonElement role) && role.ValueKind == JsonValueKind.String && role.GetString() is "system" or "developer"
        && message.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String
            ? content.GetString()
            : null;

    private static void WriteAppended(Utf8JsonWriter writer, JsonElement message, string content)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in message.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            if (property.NameEquals("content"u8))
            {
                writer.WriteStringValue(content);
            }
            else
            {
                writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<JsonElement> messages)
    {
        foreach (JsonElement message in messages)
        {
            writer.WriteRawValue(message.GetRawText(), skipInputValidation: true);
        }
    }
}
