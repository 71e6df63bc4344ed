using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>What is kept of an answer: bounded, and without keys. Where the answer as a whole holds no secret, its parts are not looked at again.</summary>
internal readonly struct Keeper
{
    /// <summary>A key is never longer, in UTF-16 units.</summary>
    public const int LongestKey = 8_192;

    private const int MaximumBody = 32_768;

    // As text at most what may be kept, at four bytes a character.
    private const int MaximumText = 4 * (MaximumBody + LongestKey + 1);

    private readonly string? _key;
    private readonly bool _isClean;

    // The body, where it holds a secret.
    private readonly MaskedText? _masked;

    /// <param name="body">The answer's body, which nobody changes any more.</param>
    /// <param name="key">The connection's own key; null where there is none.</param>
    /// <param name="isJson">True where all that will be kept of the answer, but for its headers, stands in its body.</param>
    public Keeper(byte[] body, string? key, bool isJson)
    {
        _key = key;
        if (isJson && body.Length <= MaximumBody)
        {
            _masked = Redactor.RedactOrNull(body, key);
            Body = _masked is null ? new KeptBody(body)
                : _masked.Utf8 is byte[] masked ? new KeptBody(masked)
                : new KeptBody(BoundedText.Cut(_masked.ToString(), MaximumBody));
            // An escape can hide a letter of a key from who looks at the text.
            _isClean = _masked is null && Array.IndexOf(body, (byte)'\\') < 0;
            return;
        }
        Text = KeptBody.Decode(body, MaximumText);
        Body = Text.Length == 0 ? null : new KeptBody(KeepHeader(Text, MaximumBody)!);
        // Of what is longer not all was looked at.
        _isClean = false;
    }

    /// <summary>The body as it is kept; null where there is none.</summary>
    public KeptBody? Body { get; }

    /// <summary>The body as it came, at most as much of it as is looked at; null where it is JSON and need not be looked at.</summary>
    public string? Text { get; }

    /// <summary>A part of the answer.</summary>
    public string? Keep(string? text, int maximum)
    {
        // No way to write the connection's own key is shorter than the key.
        if (text is null || ((_key is null || text.Length < _key.Length) && KnownWords.IsOne(text)))
        {
            return text;
        }
        if (_isClean)
        {
            return text.Length <= maximum ? text : BoundedText.Cut(text, maximum);
        }
        return text.Length <= maximum && _masked?.Redact(text) is string masked ? BoundedText.Cut(masked, maximum) : KeepHeader(text, maximum);
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
