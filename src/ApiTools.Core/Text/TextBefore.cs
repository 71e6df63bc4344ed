using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>All characters, one at least, up to a word, which stays; where it does not come, up to the end: a secret that was cut off is one still.</summary>
/// <param name="word">The word, which stands as it is written.</param>
internal sealed class TextBefore(string word) : SecretPart
{
    /// <inheritdoc/>
    public override string Expression => $@"(?>(?:(?!{Regex.Escape(word)})[\s\S])+)";

    /// <inheritdoc/>
    public override bool MayBeNothing => false;

    /// <inheritdoc/>
    public override bool MayBegin(char c) => true;

    /// <inheritdoc/>
    public override int End(ReadOnlySpan<char> text, int at)
    {
        int length = text.Slice(at).IndexOf(word.AsSpan(), StringComparison.Ordinal);
        return at + length > at ? at + length : length < 0 && at < text.Length ? text.Length : -1;
    }
}
