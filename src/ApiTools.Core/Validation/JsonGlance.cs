using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>
/// Tells most faults of syntax before a reader meets them: its exception costs more than a thousand bytes' reading, and a text may have a fault every
/// four bytes. What it does not tell, the reader does.
/// </summary>
internal static class JsonGlance
{
    /// <summary>Whether what comes next is certainly a fault.</summary>
    /// <param name="json">The text from the last good token's end on.</param>
    /// <param name="last">The last good token.</param>
    /// <param name="innermost">The innermost object or array that is open; null where none is.</param>
    public static bool IsFault(ReadOnlySpan<byte> json, JsonTokenType last, JsonOpening? innermost)
    {
        int token = JsonScan.SkipBlanks(json, 0);
        if (token >= json.Length)
        {
            return false;
        }
        if (innermost is not JsonOpening open)
        {
            return last != JsonTokenType.None || IsNoValue(json, token);
        }
        if (last is JsonTokenType.PropertyName)
        {
            return IsNoValue(json, token);
        }
        if (last is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return json[token] != open.Closing && IsNoChild(json, token, open);
        }
        if (json[token] != ',')
        {
            return json[token] != open.Closing;
        }
        token = JsonScan.SkipBlanks(json, token + 1);
        return token < json.Length && IsNoChild(json, token, open);
    }

    private static bool IsNoChild(ReadOnlySpan<byte> json, int token, JsonOpening open) => open.IsObject ? IsNoName(json, token) : IsNoValue(json, token);

    private static bool IsNoName(ReadOnlySpan<byte> json, int token)
    {
        if (json[token] != '"' || JsonStringFault.Find(json, token) is not null)
        {
            return true;
        }
        int colon = JsonScan.SkipBlanks(json, JsonStringFault.EndOfString(json, token));
        return colon < json.Length && json[colon] != ':';
    }

    private static bool IsNoValue(ReadOnlySpan<byte> json, int token) => json[token] switch
    {
        (byte)'{' or (byte)'[' => false,
        (byte)'"' => JsonStringFault.Find(json, token) is not null,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonNumberFault.FirstWrong(json.Slice(token, JsonNumberFault.EndOf(json, token) - token)) >= 0,
        (byte)'t' => !json.Slice(token).StartsWith("true"u8),
        (byte)'f' => !json.Slice(token).StartsWith("false"u8),
        (byte)'n' => !json.Slice(token).StartsWith("null"u8),
        _ => true,
    };
}
