using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ApiTools.Text;

/// <summary>
/// Removes secrets from text before anybody sees it. The one function of its kind: every error, view and record that shows
/// what was sent or received goes through it. What it knows stands in <see cref="SecretPatterns"/>.
/// </summary>
internal static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    // In base64 a shorter key could be a part of anything.
    private const int LeastKeyInBase64 = 8;

    // For as long as the key itself is kept.
    private static readonly ConditionalWeakTable<string, string[]> Written = new();

    /// <summary>The text without anything that looks like a key.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key, removed whatever it looks like; null where there is none.</param>
    public static string Redact(string text, string? key = null)
    {
        foreach (string written in WaysToWrite(key))
        {
            text = text.Replace(written, Mask);
        }
        Span<int> places = stackalloc int[SecretSearch.Room];
        SecretSearch search = new(text.AsSpan(), places);
        return search.Next(0, out (int Start, int End) first) ? MaskAll(text, ref search, first) : text;
    }

    /// <summary>True where the text holds no secret, and neither does any part of it; false where it has to be redacted.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    public static bool IsClean(string text, string? key)
    {
        foreach (string written in WaysToWrite(key))
        {
            if (text.IndexOf(written, StringComparison.Ordinal) >= 0)
            {
                return false;
            }
        }
        Span<int> places = stackalloc int[SecretSearch.Room];
        return !new SecretSearch(text.AsSpan(), places).Next(0, out _);
    }

    private static string MaskAll(string text, ref SecretSearch search, (int Start, int End) masked)
    {
        // A secret is one letter at least, and never shorter than a third of its mask.
        char[] room = ArrayPool<char>.Shared.Rent(text.Length * Mask.Length);
        int length = 0;
        int copied = 0;
        do
        {
            text.CopyTo(copied, room, length, masked.Start - copied);
            length += masked.Start - copied;
            Mask.CopyTo(0, room, length, Mask.Length);
            length += Mask.Length;
            copied = masked.End;
        }
        while (search.Next(copied, out masked));
        text.CopyTo(copied, room, length, text.Length - copied);
        string redacted = new(room, 0, length + text.Length - copied);
        ArrayPool<char>.Shared.Return(room);
        return redacted;
    }

    private static string[] WaysToWrite(string? key) => string.IsNullOrEmpty(key) ? [] : Written.GetValue(key!, WriteAllWays);

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
