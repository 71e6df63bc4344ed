using System.Text.Json;

namespace ApiTools.Http;

/// <summary>A model as <c>GET /models</c> lists it.</summary>
internal sealed record ServiceModel(string Id, string? OwnedBy, DateTimeOffset? Created)
{
    // 9999-12-31, the last second that DateTimeOffset holds.
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads an entry of the list; null where it has no id.</summary>
    public static ServiceModel? From(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "id") is not string id)
        {
            return null;
        }
        DateTimeOffset? created = item.TryGetProperty("created", out JsonElement seconds)
            && seconds.ValueKind == JsonValueKind.Number
            && seconds.TryGetInt64(out long value)
            && value is > 0 and <= LastSecond
                ? DateTimeOffset.FromUnixTimeSeconds(value)
                : null;
        return new ServiceModel(id, Text(item, "owned_by"), created);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
