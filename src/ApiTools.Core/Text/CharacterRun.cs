namespace ApiTools.Text;

/// <summary>Characters of one class.</summary>
/// <param name="characters">The class, as <see cref="CharacterClass"/> reads it.</param>
/// <param name="least">The fewest of them.</param>
/// <param name="most">The most that are taken.</param>
internal sealed class CharacterRun(string characters, int least, int most = int.MaxValue) : SecretPart
{
    private readonly CharacterClass _class = new(characters);

    /// <inheritdoc/>
    public override string Expression => $"(?>{_class.Expression}{{{least},{(most == int.MaxValue ? string.Empty : most)}}})";

    /// <inheritdoc/>
    public override bool MayBeNothing => least == 0;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => _class.Contains(c);

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at)
    {
        int end = _class.End(text.Slice(0, most < text.Length - at ? at + most : text.Length), at);
        return end - at < least ? -1 : end;
    }
}
