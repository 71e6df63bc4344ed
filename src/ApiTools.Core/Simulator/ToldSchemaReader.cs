using System.Text;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Finds a schema that a message tells in words, as services are told that know no response_format: the words "JSON Schema", and after them the object.</summary>
internal static class ToldSchemaReader
{
    private const string Words = "JSON Schema";

    private static readonly string[] Signs = ["type", "properties", "$ref", "anyOf"];

    /// <summary>The schema; null where the text tells none.</summary>
    public static JsonElement? Find(string? text)
    {
        int words = text?.LastIndexOf(Words, StringComparison.OrdinalIgnoreCase) ?? -1;
        int start = words < 0 ? -1 : text!.IndexOf('{', words);
        if (start < 0)
        {
            return null;
        }
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text!.Substring(start)));
            JsonElement value = JsonElement.ParseValue(ref reader);
            return Array.Exists(Signs, name => value.TryGetProperty(name, out _)) ? value : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Words about schemas.
            return null;
        }
    }
}
