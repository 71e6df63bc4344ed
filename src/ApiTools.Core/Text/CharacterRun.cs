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
    public override int End(ReadOnlySpan<char> text, int at)
    {
        int limit = most < text.Length - at ? at + most : text.Length;
        int end = at;
        while (end < limit && _class.Contains(text[end]))
        {
            end++;
        }
        return end - at < least ? -1 : end;
    }
}
