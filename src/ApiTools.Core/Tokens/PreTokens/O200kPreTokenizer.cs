using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// Where the pre-tokens of o200k_base (and o200k_harmony) end: those of this pattern (tiktoken_ext/openai_public.py), over code points. With
/// U = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}], L = [\p{Ll}\p{Lm}\p{Lo}\p{M}] and C = (?i:'s|'t|'re|'ve|'m|'ll|'d):
/// <code>
/// [^\r\n\p{L}\p{N}]?U*L+C?|[^\r\n\p{L}\p{N}]?U+L*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// Code point by code point, right for every text; <see cref="PreTokenSplitter"/> is faster.
/// </summary>
internal static class O200kPreTokenizer
{
    private const CodePointClass Word = CodePointClass.Upper | CodePointClass.Lower;

    /// <summary>The end of the pre-token that begins at <paramref name="start"/>, in bytes from the text's begin.</summary>
    /// <param name="utf8">The whole text, well-formed UTF-8: what follows a pre-token decides where it ends, and so does the text's end.</param>
    /// <param name="start">0, or where the pre-token before it ended; less than the text's length.</param>
    [MethodImpl(Jit.Hot)]
    public static int Next(ReadOnlySpan<byte> utf8, int start)
    {
        CodePointClass first = CodePointClasses.Read(utf8, start, out int length);
        int after = start + length;
        if ((first & Word) != 0)
        {
            // A mark can be [^\r\n\p{L}\p{N}] as well as U or L: whichever way, the word ends in the same place.
            return PreTokenRuns.Contraction(utf8, WordEnd(utf8, start));
        }
        if ((first & CodePointClass.Number) != 0)
        {
            return PreTokenRuns.Numbers(utf8, after);
        }
        if ((first & CodePointClass.Newline) == 0 && WordEnd(utf8, after) is int word && word > after)
        {
            return PreTokenRuns.Contraction(utf8, word);
        }
        int punctuation = PreTokenRuns.Punctuation(utf8, start, slashes: true);
        return punctuation > start ? punctuation : PreTokenRuns.Spaces(utf8, start);
    }

    /// <summary>
    /// U*L+|U+L*, without a regex's backtracking: U* takes all it can. Where L follows, the word goes to the end of those. Where none does, U* would
    /// give back code points until one is L too: that is the last letter without case, or mark, of the run, and the word ends behind it. Where there
    /// is none either, the word is the run.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    private static int WordEnd(ReadOnlySpan<byte> utf8, int start)
    {
        int at = start;
        int afterBoth = start;
        while (at < utf8.Length)
        {
            CodePointClass found = CodePointClasses.Read(utf8, at, out int length);
            if ((found & CodePointClass.Upper) == 0)
            {
                if ((found & CodePointClass.Lower) != 0)
                {
                    return LowerEnd(utf8, at + length);
                }
                break;
            }
            at += length;
            afterBoth = (found & CodePointClass.Lower) != 0 ? at : afterBoth;
        }
        return afterBoth > start ? afterBoth : at;
    }

    /// <summary>L*.</summary>
    [MethodImpl(Jit.Hot)]
    private static int LowerEnd(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && (CodePointClasses.Read(utf8, at, out int length) & CodePointClass.Lower) != 0)
        {
            at += length;
        }
        return at;
    }
}
