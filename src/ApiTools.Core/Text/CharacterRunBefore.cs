using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>Characters of one class, right before a character that is none of them and stays. Most texts lack that one, and are done with at a glance.</summary>
/// <param name="characters">The class, as <see cref="CharacterClass"/> reads it.</param>
/// <param name="least">The fewest of them.</param>
/// <param name="most">The most of them.</param>
/// <param name="behind">The character behind them.</param>
internal sealed class CharacterRunBefore(string characters, int least, int most, char behind) : SecretPart
{
    private readonly CharacterClass _class = new(characters);

    /// <inheritdoc/>
    public override string Expression => $"(?>{_class.Expression}{{{least},{most}}})(?={Regex.Escape(behind.ToString())})";

    /// <inheritdoc/>
    public override bool MayBeNothing => least == 0;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => _class.Contains(c);

    /// <inheritdoc/>
    public override char? Needs => behind;

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> window = text.Slice(at, Math.Min(text.Length - at, most + 1));
        int length = window.IndexOf(behind);
        return length >= least && _class.End(window, 0) == length ? at + length : -1;
    }
}
