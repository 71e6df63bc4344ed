using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Chat;

/// <summary>Reads a message of a request for people and scripts. What is not of the documented shape is left out.</summary>
internal static class ChatMessageReader
{
    /// <summary>The message.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public static ChatMessage Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement message = document.RootElement;
        List<string> texts = [];
        List<string> attachments = [];
        ReadContent(Member(message, "content"), texts, attachments);
        return new ChatMessage(Text(Member(message, "role")) ?? string.Empty, string.Join("\n", texts))
        {
            Name = Text(Member(message, "name")),
            Refusal = Text(Member(message, "refusal")),
            ToolCalls = [.. Items(Member(message, "tool_calls")).Select(ReadCall)],
            ToolCallId = Text(Member(message, "tool_call_id")),
            Attachments = attachments,
            Utf8Json = json,
        };
    }

    private static void ReadContent(JsonElement content, List<string> texts, List<string> attachments)
    {
        if (Text(content) is string whole)
        {
            texts.Add(whole);
        }
        foreach (JsonElement part in Items(content))
        {
            if (Text(Member(part, "text")) is string text)
            {
                texts.Add(text);
            }
            else if (Text(Member(part, "type")) is string type and not "refusal")
            {
                attachments.Add(Describe(part, type));
            }
        }
    }

    private static ChatToolCall ReadCall(JsonElement call)
    {
        JsonElement function = Member(call, "function");
        JsonElement called = function.ValueKind == JsonValueKind.Object ? function : Member(call, "custom");
        return new ChatToolCall(Text(Member(call, "id")) ?? string.Empty, Text(Member(called, "name")) ?? string.Empty, Text(Member(called, "arguments")) ?? Text(Member(called, "input")) ?? string.Empty);
    }

    // An image by the type that its data URI names, a file by its name.
    private static string Describe(JsonElement part, string type)
    {
        const string Data = "data:";
        string? url = Text(Member(Member(part, "image_url"), "url"));
        int end = url?.IndexOfAny([';', ',']) ?? -1;
        return url?.StartsWith(Data, StringComparison.OrdinalIgnoreCase) == true && end > Data.Length ? url.Substring(Data.Length, end - Data.Length)
            : url ?? Text(Member(Member(part, "file"), "filename")) ?? type;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair as an escape, which .NET does not decode.
            string raw = element.GetRawText();
            return JsonText.Decode(System.Text.Encoding.UTF8.GetBytes(raw.Substring(1, raw.Length - 2)));
        }
    }
}
