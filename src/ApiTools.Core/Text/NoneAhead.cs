namespace ApiTools.Text;

/// <summary>A look at the next character, which may be none of a class.</summary>
/// <param name="characters">The class, as <see cref="CharacterClass"/> reads it.</param>
internal sealed class NoneAhead(string characters) : SecretPart
{
    private readonly CharacterClass _class = new(characters);

    /// <inheritdoc/>
    public override string Expression => $"(?!{_class.Expression})";

    /// <inheritdoc/>
    public override bool MayBeNothing => true;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => true;

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at) => at < text.Length && _class.Contains(text[at]) ? -1 : at;
}
