using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>
/// A request as it can be shown to anybody: its members and numbers as they are, and of each text that a person wrote its length alone. What support
/// needs is which parameters were sent, and how much; what was asked is nobody's business.
/// </summary>
internal static class RequestOutline
{
    private const int MaximumBytes = 16 * 1024 * 1024;
    private const int MaximumItems = 20;

    // Members whose text is one of the API's own words.
    private static readonly string[] Kept =
        ["model", "role", "type", "reasoning_effort", "effort", "verbosity", "tool_choice", "service_tier", "object", "detail", "format", "modalities", "finish_reason"];

    /// <summary>The request, shortened to what can be shown; words in its place where it is no JSON.</summary>
    public static string Of(byte[] request, string? key)
    {
        if (request.Length > MaximumBytes)
        {
            return Words(request, "too long to be shown");
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(request);
            using MemoryStream outline = new();
            using (Utf8JsonWriter writer = new(outline, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                Write(writer, document.RootElement, null);
            }
            return Redactor.Redact(Encoding.UTF8.GetString(outline.GetBuffer(), 0, (int)outline.Length), key);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Words(request, "no JSON");
        }
    }

    private static string Words(byte[] request, string what) => FormattableString.Invariant($"({request.Length} bytes, {what})");

    private static void Write(Utf8JsonWriter writer, JsonElement value, string? name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WritePropertyName(VisibleText.Line(member.Name, 64));
                    Write(writer, member.Value, member.Name);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                WriteItems(writer, value, name);
                break;
            case JsonValueKind.String:
                WriteText(writer, value.GetString()!, name);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, JsonElement items, string? name)
    {
        writer.WriteStartArray();
        int count = items.GetArrayLength();
        foreach (JsonElement item in items.EnumerateArray().Take(MaximumItems))
        {
            Write(writer, item, name);
        }
        if (count > MaximumItems)
        {
            writer.WriteStringValue(FormattableString.Invariant($"({count - MaximumItems} more)"));
        }
        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string text, string? name) => writer.WriteStringValue(
        name is not null && text.Length <= 100 && Array.IndexOf(Kept, name) >= 0
            ? VisibleText.Line(text)
            : FormattableString.Invariant($"({text.Length} characters)"));
}
