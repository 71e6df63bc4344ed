using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>
/// Text of a request or an answer as it may be kept and shown: bounded, and without keys. It is cut with room for a key that the cut would halve, then
/// redacted, then cut: a half that is left is beyond the second cut.
/// </summary>
internal static class CleanText
{
    /// <summary>The text.</summary>
    /// <param name="text">What was sent or answered.</param>
    /// <param name="maximumLength">The most characters of it.</param>
    /// <param name="key">A key to take out, whatever it looks like; null for those alone that look like one.</param>
    public static string Of(string text, int maximumLength, string? key) =>
        BoundedText.Cut(Redactor.Redact(BoundedText.Cut(text, maximumLength + ApiKeys.MaximumLength), key), maximumLength);

    /// <summary>The text.</summary>
    /// <param name="text">What was sent or answered.</param>
    /// <param name="maximumLength">The most characters of it.</param>
    /// <param name="keys">Keys to take out, one at least, as above.</param>
    public static string Of(string text, int maximumLength, IEnumerable<string?> keys) =>
        BoundedText.Cut(keys.Aggregate(BoundedText.Cut(text, maximumLength + ApiKeys.MaximumLength), Redactor.Redact), maximumLength);
}
