using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>Words of ASCII in any case. A letter beyond ASCII is none of theirs, whatever its other case is (U+212A is no k, U+017F no s).</summary>
internal static class AsciiWord
{
    /// <summary>A capital letter of ASCII as a small one; any other as it is.</summary>
    public static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

    /// <summary>True where the lower-case word stands there.</summary>
    public static bool Stands(ReadOnlySpan<char> text, int at, string word)
    {
        if (at < 0 || at > text.Length - word.Length)
        {
            return false;
        }
        for (int i = 0; i < word.Length; i++)
        {
            if (Lower(text[at + i]) != word[i])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The same in a text that is written in UTF-8.</summary>
    /// <inheritdoc cref="Stands(ReadOnlySpan{char}, int, string)"/>
    public static bool Stands(ReadOnlySpan<byte> utf8, int at, string word)
    {
        if (at < 0 || at > utf8.Length - word.Length)
        {
            return false;
        }
        for (int i = 0; i < word.Length; i++)
        {
            if (Lower((char)utf8[at + i]) != word[i])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The lower-case word as a regular expression that has regard to case: <c>[kK][eE][yY]</c>.</summary>
    public static string Expression(string word) =>
        string.Concat(word.Select(c => c is >= 'a' and <= 'z' ? $"[{c}{char.ToUpperInvariant(c)}]" : Regex.Escape(c.ToString())));
}
