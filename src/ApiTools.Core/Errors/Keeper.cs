using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>What is kept of an answer: bounded, and without keys. Where the answer as a whole holds no secret, its parts are not looked at again.</summary>
internal readonly struct Keeper
{
    /// <summary>A key is never longer, in UTF-16 units.</summary>
    public const int LongestKey = 8_192;

    private readonly string? _key;
    private readonly bool _isClean;

    /// <param name="text">The answer.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    /// <param name="isWhole">True where all that will be kept of the answer stands in that text.</param>
    public Keeper(string text, string? key, bool isWhole)
    {
        _key = key;
        // An escape can hide a letter of a key from who looks at the text.
        _isClean = isWhole && Redactor.IsClean(text, key) && text.IndexOf('\\') < 0;
    }

    /// <summary>A part of the answer.</summary>
    public string? Keep(string? text, int maximum)
    {
        if (text is null || !_isClean)
        {
            return KeepHeader(text, maximum);
        }
        return text.Length <= maximum ? text : BoundedText.Cut(text, maximum);
    }

    /// <summary>Something that stood outside of the answer's body.</summary>
    public string? KeepHeader(string? text, int maximum)
    {
        // What is looked at ends a key's length behind what is kept: a key that the end goes through would not be known as one.
        int looked = maximum + LongestKey;
        if (text is null || text.Length <= looked)
        {
            return text is null ? null : BoundedText.Cut(Redactor.Redact(text, _key), maximum);
        }
        string redacted = Redactor.Redact(text.Substring(0, looked), _key);
        return BoundedText.Cut(redacted.Substring(0, Math.Max(0, redacted.Length - LongestKey)) + "…", maximum);
    }
}
