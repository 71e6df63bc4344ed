using System.Text;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Takes what can be read of a JSON value, and nothing where it is of another kind.</summary>
internal static class JsonRead
{
    /// <summary>A member; one that is not there has no kind.</summary>
    public static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The items of an array; none of anything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The texts of an array, or the one that there is; empty ones count for nothing.</summary>
    public static IReadOnlyList<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(Text).Where(text => !string.IsNullOrEmpty(text)).Select(text => text!)]
            : Text(element) is { Length: > 0 } one ? [one] : [];

    /// <summary>A whole number.</summary>
    public static long? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) ? value : null;

    /// <summary>A string's text.</summary>
    public static string? Text(JsonElement element)
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
            // Half of a surrogate pair as an escape, which JSON allows and .NET does not decode: the text as it was written.
            string raw = element.GetRawText();
            return raw.Substring(1, raw.Length - 2);
        }
    }

    /// <summary>A message's content: a string, or parts of which those of type text count.</summary>
    public static string? ContentText(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return Text(content);
        }
        StringBuilder text = new();
        foreach (JsonElement part in content.EnumerateArray())
        {
            text.Append(Text(Property(part, "text")));
        }
        return text.ToString();
    }
}
