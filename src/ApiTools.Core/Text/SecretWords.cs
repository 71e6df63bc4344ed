namespace ApiTools.Text;

/// <summary>The words of one pattern that end alike, from the pair of letters on by which they are looked for.</summary>
/// <param name="Pattern">The secret that begins with them.</param>
/// <param name="Order">Its place in the table.</param>
/// <param name="Ending">Their end: the pair, and what is behind it.</param>
/// <param name="Words">The words as a whole.</param>
internal sealed record SecretWords(SecretPattern Pattern, int Order, string Ending, string[] Words)
{
    // By the character of ASCII: whether it may stand behind the words.
    private readonly bool[] _mayFollow = [.. Enumerable.Range(0, 128).Select(c => Pattern.MayFollow((char)c))];

    /// <summary>True where a secret may begin with one of the words whose ending stands there; false where surely none does.</summary>
    /// <param name="utf8">Any text.</param>
    /// <param name="at">Where the ending may stand.</param>
    public bool MayBegin(ReadOnlySpan<byte> utf8, int at)
    {
        int behind = at + Ending.Length;
        if (!AsciiWord.Stands(utf8, at, Ending)
            || (behind < utf8.Length && utf8[behind] < _mayFollow.Length && !_mayFollow[utf8[behind]])
            || (Pattern.Needs is char needed && utf8.Slice(behind).IndexOf((byte)needed) < 0))
        {
            return false;
        }
        foreach (string word in Words)
        {
            if (AsciiWord.Stands(utf8, behind - word.Length, word))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True where that character of ASCII may stand at a place, counted from the beginning of the ending; -1 is the one before it.</summary>
    public bool MayStand(int place, char c)
    {
        if (place < 0)
        {
            // Before a whole word stands what the pattern allows.
            return Words.Any(word => word.Length > Ending.Length ? word[word.Length - Ending.Length - 1] == AsciiWord.Lower(c) : Pattern.MayBeginBehind(c));
        }
        if (place < Ending.Length)
        {
            return AsciiWord.Lower(c) == Ending[place];
        }
        // Of what follows only the beginning is known.
        return place > Ending.Length || Pattern.MayFollow(c);
    }
}
