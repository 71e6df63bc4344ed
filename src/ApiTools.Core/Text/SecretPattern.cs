namespace ApiTools.Text;

/// <summary>
/// What a secret looks like. It begins with one of a few words: <see cref="SecretFinder"/> looks for those alone, and only where one stands for the rest.
/// </summary>
internal sealed class SecretPattern
{
    private readonly CharacterClass? _notBefore;

    /// <param name="what">Whose it is.</param>
    /// <param name="notBefore">The characters that may not stand before it, as <see cref="CharacterClass"/> reads them; null where any may.</param>
    /// <param name="beginnings">The words, in lower case: two characters or more, ASCII; they stand in a text in any case.</param>
    /// <param name="kept">What follows and stays, as the word itself does then; null where all of it is masked, the word too.</param>
    /// <param name="masked">What follows then, and is masked.</param>
    /// <param name="source">Where the shape is documented, or was seen.</param>
    public SecretPattern(string what, string? notBefore, string[] beginnings, SecretPart[]? kept, SecretPart[] masked, string source)
    {
        What = what;
        Beginnings = beginnings;
        Kept = kept;
        Masked = masked;
        Source = source;
        Needs = masked.Select(part => part.Needs).FirstOrDefault(needed => needed is not null);
        _notBefore = notBefore is null ? null : new CharacterClass(notBefore);
    }

    public string What { get; }

    public string[] Beginnings { get; }

    public SecretPart[]? Kept { get; }

    public SecretPart[] Masked { get; }

    public string Source { get; }

    /// <summary>A character of ASCII without which, somewhere behind the word, it does not stand; null where there is none.</summary>
    public char? Needs { get; }

    /// <summary>The same as a regular expression, which has regard to case and captures what is kept as <c>keep</c>: what a test compares it with.</summary>
    public string Expression
    {
        get
        {
            string begins = $"{(_notBefore is null ? string.Empty : $@"(?:(?<!{_notBefore.Expression})|(?<=\\(?:[bfnrt]|u[0-9A-Fa-f]{{4}})))")}(?:{string.Join("|", Beginnings.Select(AsciiWord.Expression))})";
            return (Kept is null ? begins : $"(?<keep>{begins}{Join(Kept)})") + Join(Masked);
        }
    }

    /// <summary>True where what stands before that place lets a secret begin there.</summary>
    public bool MayBegin(ReadOnlySpan<char> text, int start) => start == 0 || _notBefore is null || !_notBefore.Contains(text[start - 1]) || EndsEscape(text.Slice(0, start));

    /// <summary>True where a secret may begin right behind that character.</summary>
    public bool MayBeginBehind(char c) => _notBefore is null || !_notBefore.Contains(c) || IsOfEscape(c);

    /// <summary>Where what is kept behind the word ends; negative where it does not stand there.</summary>
    public int KeptEnd(ReadOnlySpan<char> text, int behind) => Kept is null ? behind : End(Kept, text, behind);

    /// <summary>Where what is masked ends; negative where it does not stand there.</summary>
    public int MaskedEnd(ReadOnlySpan<char> text, int kept) => End(Masked, text, kept);

    /// <summary>True where that character of ASCII may stand behind the word.</summary>
    public bool MayFollow(char c)
    {
        foreach (SecretPart part in (Kept ?? []).Concat(Masked))
        {
            if (part.MayBegin(c))
            {
                return true;
            }
            if (!part.MayBeNothing)
            {
                return false;
            }
        }
        return true;
    }

    private static int End(SecretPart[] parts, ReadOnlySpan<char> text, int at)
    {
        foreach (SecretPart part in parts)
        {
            at = part.End(text, at);
            if (at < 0)
            {
                return at;
            }
        }
        return at;
    }

    // In JSON the letter of an escape stands before what stands behind a line end or a sign: \nsk-, \u003csk-.
    private static bool EndsEscape(ReadOnlySpan<char> before)
    {
        if (before.Length >= 2 && before[before.Length - 2] == '\\')
        {
            return before[before.Length - 1] is 'b' or 'f' or 'n' or 'r' or 't';
        }
        if (before.Length < 6 || before[before.Length - 6] != '\\' || before[before.Length - 5] != 'u')
        {
            return false;
        }
        for (int i = before.Length - 4; i < before.Length; i++)
        {
            if (!IsHex(before[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsOfEscape(char c) => IsHex(c) || c is 'n' or 'r' or 't';

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static string Join(SecretPart[] parts) => string.Concat(parts.Select(part => part.Expression));
}
