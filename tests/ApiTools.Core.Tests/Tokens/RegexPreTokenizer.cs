using System.Text.RegularExpressions;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

/// <summary>
/// The pre-tokenizers' twin in the words of their definition: the patterns of tiktoken, run by .NET's regex. That engine splits code points above
/// U+FFFF and has Unicode of its own version; so each code point that is not ASCII is first replaced by one below U+FFFF of the same class.
/// </summary>
internal sealed class RegexPreTokenizer
{
    public static readonly RegexPreTokenizer Cl100k = new(
        @"(?:'[sS\u017F]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    public static readonly RegexPreTokenizer O200k = new(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sS\u017F]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sS\u017F]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    private readonly Regex _pattern;

    private RegexPreTokenizer(string pattern) => _pattern = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    /// <summary>The ends of all pre-tokens, in bytes of UTF-8.</summary>
    public int[] Ends(string text)
    {
        int[] codePoints = [.. CodePoints(text)];
        string mapped = new([.. codePoints.Select(Representative)]);
        List<int> ends = [];
        int at = 0;
        int bytes = 0;
        while (at < mapped.Length)
        {
            Match match = _pattern.Match(mapped, at);
            Assert.Equal(at, match.Index);
            for (int end = at + match.Length; at < end; at++)
            {
                bytes += Utf8Length(codePoints[at]);
            }
            ends.Add(bytes);
        }
        return [.. ends];
    }

    // Half a surrogate pair is U+FFFD, as in UTF-8. Rune, which does all this, .NET Framework does not have.
    private static IEnumerable<int> CodePoints(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                yield return char.ConvertToUtf32(text, i++);
            }
            else
            {
                yield return char.IsSurrogate(text[i]) ? 0xfffd : text[i];
            }
        }
    }

    private static int Utf8Length(int codePoint) => codePoint switch
    {
        < 0x80 => 1,
        < 0x800 => 2,
        < 0x10000 => 3,
        _ => 4,
    };

    private static char Representative(int codePoint) => codePoint switch
    {
        < 0x80 or 0x17F => (char)codePoint,
        _ => CodePointClasses.Of(codePoint) switch
        {
            CodePointClass.Upper | CodePointClass.Letter => 'É',
            CodePointClass.Lower | CodePointClass.Letter => 'é',
            CodePointClass.Upper | CodePointClass.Lower | CodePointClass.Letter => '中',
            CodePointClass.Upper | CodePointClass.Lower => '\u0301',
            CodePointClass.Number => '²',
            CodePointClass.Space => '\u3000',
            _ => '—',
        },
    };
}
