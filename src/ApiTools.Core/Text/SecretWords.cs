namespace ApiTools.Text;

/// <summary>The words of one pattern that end alike, from the pair of letters on by which they are looked for.</summary>
/// <param name="Pattern">The secret that begins with them.</param>
/// <param name="Order">Its place in the table.</param>
/// <param name="Ending">Their end: the pair, and what is behind it.</param>
/// <param name="Words">The words as a whole.</param>
internal sealed record SecretWords(SecretPattern Pattern, int Order, string Ending, string[] Words)
{
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
