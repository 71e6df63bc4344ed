using System.Text;
using System.Text.Json;

namespace ApiTools.Text;

/// <summary>A connection's own key, in all the ways in which it may stand in a text. Kept for as long as the key itself is.</summary>
internal sealed class WrittenKey
{
    // In base64 a shorter key could be a part of anything.
    private const int LeastKeyInBase64 = 8;

    private readonly byte[][] _utf8;
    private readonly bool _isAscii;

    /// <param name="key">The key; empty for none.</param>
    public WrittenKey(string key)
    {
        _isAscii = key.All(c => c < '\u0080');
        Texts = key.Length == 0 ? [] : WriteAllWays(key);
        _utf8 = [.. Texts.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>No key.</summary>
    public static WrittenKey None { get; } = new(string.Empty);

    /// <summary>The ways to write it.</summary>
    public string[] Texts { get; }

    /// <summary>True where the key stands in the text.</summary>
    public bool HoldsAny(string text)
    {
        foreach (string written in Texts)
        {
            if (text.IndexOf(written, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True where the key may stand in a text, written in UTF-8.</summary>
    public bool HoldsAny(ReadOnlySpan<byte> utf8)
    {
        // Beyond ASCII, a text can be written in more than one way: what is no UTF-8 is read too.
        if (!_isAscii)
        {
            return true;
        }
        foreach (byte[] written in _utf8)
        {
            if (utf8.IndexOf(written) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    // As it is; in JSON, by writers that escape much (System.Text.Json: + as \u002B, Go: & as \u0026) or the slash alone (PHP); in an address; in base64, as
    // Basic credentials with the key for a user or for a password have it. A key beyond ASCII cannot be sent in a header, so it has one way only.
    private static string[] WriteAllWays(string key)
    {
        if (!key.All(c => c is > ' ' and < '\u007f'))
        {
            return [key];
        }
        string json = JsonEncodedText.Encode(key).ToString();
        string address = Uri.EscapeDataString(key);
        string[] ways = [key, json, LowerEscapes(json, "\\u", 4), key.Replace("/", "\\/"), address, LowerEscapes(address, "%", 2)];
        return [.. (key.Length < LeastKeyInBase64 ? ways : [.. ways, Base64(key), Base64(key + ":"), Base64(":" + key)]).Distinct()];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    // \u002B as \u002b, %2F as %2f.
    private static string LowerEscapes(string text, string mark, int digits)
    {
        StringBuilder lower = new(text);
        for (int at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal))
        {
            for (int i = at + mark.Length; i < Math.Min(text.Length, at + mark.Length + digits); i++)
            {
                lower[i] = char.ToLowerInvariant(text[i]);
            }
        }
        return lower.ToString();
    }
}
