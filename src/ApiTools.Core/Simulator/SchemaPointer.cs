using System.Globalization;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Finds what a <c>$ref</c> within a schema names: a JSON Pointer (RFC 6901) as a fragment, such as <c>#/$defs/node</c>.</summary>
internal static class SchemaPointer
{
    /// <summary>The schema; null where the reference leads elsewhere or nowhere.</summary>
    public static JsonElement? Find(JsonElement root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }
        JsonElement place = root;
        foreach (string token in reference.Substring(2).Split('/').Select(token => Uri.UnescapeDataString(token).Replace("~1", "/").Replace("~0", "~")))
        {
            place = place.ValueKind == JsonValueKind.Array
                ? int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? JsonRead.Items(place).ElementAtOrDefault(index) : default
                : JsonRead.Property(place, token);
        }
        return place.ValueKind == default ? null : place;
    }
}
