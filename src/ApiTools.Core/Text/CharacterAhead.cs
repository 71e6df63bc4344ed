namespace ApiTools.Text;

/// <summary>A look at the next character, which stays where it is.</summary>
/// <param name="characters">A class, as <see cref="CharacterClass"/> reads it.</param>
/// <param name="isThere">True where the next character has to be one of them; false where none may follow.</param>
internal sealed class CharacterAhead(string characters, bool isThere) : SecretPart
{
    private readonly CharacterClass _class = new(characters);

    /// <inheritdoc/>
    public override string Expression => $"(?{(isThere ? '=' : '!')}{_class.Expression})";

    /// <inheritdoc/>
    public override bool MayBeNothing => true;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => true;

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at) => (at < text.Length && _class.Contains(text[at])) == isThere ? at : -1;
}
