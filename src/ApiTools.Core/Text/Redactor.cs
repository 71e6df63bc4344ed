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

    // Each alternative takes time in proportion to the text: no repetition may match what the one after it matches, and those that look ahead are bounded.
    // The time-out turns what was overlooked into a masked text, never into a hang.
    private static readonly Regex Secrets = new(
        // Headers, as text or as JSON, the scheme kept: "Authorization: Bearer x", "api-key": "x", Cookie.
        @"(?<keep>\b(?:proxy-)?authorization[""']?\s{0,8}[=:]\s{0,8}[""']?(?:(?:Bearer|Basic)\s{1,8})?)[^\s""',;]+"
        + @"|(?<keep>\b(?:set-)?cookie[""']?\s{0,8}:\s{0,8}[""']?)[^\r\n""']+"
        + @"|(?<keep>\bBearer\s{1,8})[^\s""',;\\]{4,}"
        + @"|(?<keep>\bBasic\s{1,8})[A-Za-z0-9+/=_-]{8,}"
        // Names that hold a secret, in a header, JSON, a form or a query.
        + @"|(?<keep>\b(?:x-)?(?:api[-_]?key|subscription-key|access[-_]?token|refresh[-_]?token|client[-_]?secret|password)[""']?\s{0,8}[=:]\s{0,8}[""']?)[^\s""'&,;}]{4,}"
        + @"|(?<keep>[?&](?:key|token|sig|signature|secret|code)=)[^\s""'&#]+"
        // user:password@ in an address.
        + @"|(?<keep>://)[^\s/?#@""'<>]{1,256}(?=@)"
        // Keys that can be known by their looks: OpenAI and its like (services echo them with a part starred out), then others, longer.
        + @"|\bsk[-_][A-Za-z0-9_*.-]{6,}"
        + @"|\b(?:pk|rk|gsk|xai|hf|r8|nvapi|pplx|csk|ghp|gho|ghs|ghu|ghr|github_pat)[-_][A-Za-z0-9_*-]{16,}"
        + @"|\bAIza[A-Za-z0-9_-]{20,}"
        + @"|\bAKIA[A-Z0-9]{16}\b"
        + @"|\beyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]+){1,2}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(2));

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
        return SecretHints.Look(text) switch
        {
            SecretHint.None => text,
            SecretHint.Keys => SecretHints.MaskKeys(text, Mask),
            _ => RedactByPattern(text),
        };
    }

    /// <summary>True where the text holds no secret, and neither does any part of it; false where it has to be looked at.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    public static bool IsClean(string text, string? key) =>
        (string.IsNullOrEmpty(key) || (IsPlain(key!) && text.IndexOf(key!, StringComparison.Ordinal) < 0)) && SecretHints.Look(text) == SecretHint.None;

    /// <summary>The text without anything that the pattern knows: what <see cref="Redact"/> comes to, without its short cuts.</summary>
    public static string RedactByPattern(string text)
    {
        try
        {
            return Secrets.Replace(text, match => match.Groups["keep"].Value + Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            return Mask;
        }
    }

    // Written the same way in JSON, in an address and by itself.
    private static bool IsPlain(string key) => key.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.');

    // As it is; in JSON, by writers that escape much (System.Text.Json: + as \u002B) or the slash alone (PHP); in an address. A key beyond
    // ASCII cannot be sent in a header, so it has one way only.
    private static IEnumerable<string> WaysToWrite(string key) =>
        IsPlain(key) ? [key] : key.All(c => c is > ' ' and < '\u007f')
            ? [key, JsonEncodedText.Encode(key).ToString(), key.Replace("/", "\\/"), Uri.EscapeDataString(key)]
            : [key];
}
