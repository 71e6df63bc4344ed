using System.Globalization;
using System.Text.Json;

namespace ApiTools.Sessions;

/// <summary>Reads what a session's file says beside the request: how many calls, and what they cost.</summary>
internal static class SessionMetadata
{
    /// <summary>The sums; nothing where the file is another tool's, or says something else there.</summary>
    /// <param name="json">The file, which has been checked.</param>
    public static (int Calls, SessionUsage Usage) Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty(SessionText.Metadata, out JsonElement metadata)
            || metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(SessionText.FormatKey, out _))
        {
            return (0, default);
        }
        SessionUsage usage = new(
            Number(metadata, SessionText.PromptKey),
            Number(metadata, SessionText.CompletionKey),
            Number(metadata, SessionText.TotalKey),
            Number(metadata, SessionText.CachedKey),
            Number(metadata, SessionText.ReasoningKey));
        return ((int)Math.Min(Number(metadata, SessionText.CallsKey), int.MaxValue), usage);
    }

    private static long Number(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= long.MaxValue / 2
            ? number
            : 0;
}
