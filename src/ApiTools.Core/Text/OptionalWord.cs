namespace ApiTools.Text;

/// <summary>One of several words and the blanks behind it, or nothing.</summary>
/// <param name="words">Lower-case ASCII; they stand in the text in any case.</param>
internal sealed class OptionalWord(params string[] words) : SecretPart
{
    private readonly CharacterRun _blanks = new(@"\s", 1, 8);

    /// <inheritdoc/>
    public override string Expression => $"(?>(?:(?:{string.Join("|", words.Select(AsciiWord.Expression))}){_blanks.Expression})?)";

    /// <inheritdoc/>
    public override bool MayBeNothing => true;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => words.Any(word => word[0] == AsciiWord.Lower(c));

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at)
    {
        foreach (string word in words)
        {
            if (AsciiWord.Stands(text, at, word) && _blanks.End(text, at + word.Length) is >= 0 and int end)
            {
                return end;
            }
        }
        return at;
    }
}
