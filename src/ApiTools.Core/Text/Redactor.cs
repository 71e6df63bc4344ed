using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>
/// Removes secrets from text before anybody sees it. The one function of its kind: every error, view and record that shows
/// what was sent or received goes through it.
/// </summary>
internal static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    // A time-out turns a hostile body into a masked one, never into a hang.
    private static readonly Regex Secrets = new(
        @"(?<keep>\bBearer\s+)[^\s""',;\\]+"
        + @"|(?<keep>\bBasic\s+)[A-Za-z0-9+/=_-]{8,}"
        + @"|\b(?:sk|pk|rk|gsk|xai|hf|r8|nvapi|pplx|csk)[-_][A-Za-z0-9_*.-]{6,}"
        + @"|\bAIza[A-Za-z0-9_-]{20,}"
        + @"|(?<keep>\b(?:api[-_]?key|access_token|x-api-key)[""']?\s*[=:]\s*[""']?)[^\s""'&,;}]{4,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(2));

    /// <summary>The text without anything that looks like a key.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The connection's own key, removed whatever it looks like; null where there is none.</param>
    public static string Redact(string text, string? key = null)
    {
        if (!string.IsNullOrEmpty(key))
        {
            text = text.Replace(key!, Mask);
        }
        try
        {
            return Secrets.Replace(text, match => match.Groups["keep"].Value + Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            return Mask;
        }
    }
}
