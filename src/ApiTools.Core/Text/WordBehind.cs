using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>A few characters of one class and, among them or right behind them, a word, with which the piece ends. The word stands as it is written.</summary>
/// <param name="characters">The class, as <see cref="CharacterClass"/> reads it.</param>
/// <param name="most">The most of them before the word.</param>
/// <param name="word">The word.</param>
internal sealed class WordBehind(string characters, int most, string word) : SecretPart
{
    private readonly CharacterClass _class = new(characters);

    /// <inheritdoc/>
    public override string Expression => $"(?>(?:(?!{Regex.Escape(word)}){_class.Expression}){{0,{most}}}{Regex.Escape(word)})";

    /// <inheritdoc/>
    public override bool MayBeNothing => false;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => _class.Contains(c) || c == word[0];

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> window = text.Slice(at, Math.Min(text.Length - at, most + word.Length));
        int length = window.IndexOf(word.AsSpan(), StringComparison.Ordinal);
        return length >= 0 && _class.End(window.Slice(0, length), 0) == length ? at + length + word.Length : -1;
    }
}
