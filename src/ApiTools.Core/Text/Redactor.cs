using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>
/// Removes secrets from text before anybody sees it. The one function of its kind: every error, view and record that shows
/// what was sent or received goes through it. Whoever adds to the pattern adds to <see cref="SecretHints"/>.
/// </summary>
internal static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    // Above this, in characters, the expression is worth compiling, which takes 0.1 s, once in a process.
    private const int LongText = 16_384;

    // In base64 a shorter key could be a part of anything.
    private const int LeastKeyInBase64 = 8;

    private static readonly string Expression = string.Join("|", SecretPatterns.All.Select(pattern => pattern.Expression));

    private static readonly Regex Secrets = Make(RegexOptions.None);

    private static readonly Lazy<Regex> CompiledSecrets = new(() => Make(RegexOptions.Compiled));

    /// <summary>The text without anything that looks like a key.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key, removed whatever it looks like; null where there is none.</param>
    public static string Redact(string text, string? key = null)
    {
        if (!string.IsNullOrEmpty(key))
        {
            foreach (string written in WaysToWrite(key!))
            {
                text = text.Replace(written, Mask);
            }
        }
        return RedactByPattern(text);
    }

    /// <summary>True where the text holds no secret, and neither does any part of it; false where it has to be looked at.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    public static bool IsClean(string text, string? key) => text.Length == 0;

    /// <summary>The text without anything that the pattern knows: what <see cref="Redact"/> comes to, without its short cuts.</summary>
    public static string RedactByPattern(string text)
    {
        try
        {
            return (text.Length < LongText ? Secrets : CompiledSecrets.Value).Replace(text, match => match.Groups["keep"].Value + Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            return Mask;
        }
    }

    // The time-out turns what was overlooked into a masked text, never into a hang.
    private static Regex Make(RegexOptions options) =>
        new(Expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | options, TimeSpan.FromSeconds(2));

    // As it is; in JSON, by writers that escape much (System.Text.Json: + as \u002B, Go: & as \u0026) or the slash alone (PHP); in an address; in base64, as
    // Basic credentials with the key for a user or for a password have it. A key beyond ASCII cannot be sent in a header, so it has one way only.
    private static IEnumerable<string> WaysToWrite(string key)
    {
        if (!key.All(c => c is > ' ' and < '\u007f'))
        {
            return [key];
        }
        string json = JsonEncodedText.Encode(key).ToString();
        string address = Uri.EscapeDataString(key);
        IEnumerable<string> ways = [key, json, LowerEscapes(json, "\\u", 4), key.Replace("/", "\\/"), address, LowerEscapes(address, "%", 2)];
        return key.Length < LeastKeyInBase64 ? ways : [.. ways, Base64(key), Base64(key + ":"), Base64(":" + key)];
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
