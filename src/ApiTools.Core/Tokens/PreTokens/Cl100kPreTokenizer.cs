using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// Where the pre-tokens of cl100k_base end. What is merged to tokens is each pre-token for itself, so they decide the count as much as the ranks do.
/// They are those of this pattern (tiktoken_ext/openai_public.py, as npm's tiktoken 1.0.22 has it), over code points:
/// <code>
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// Code point by code point, right for every text; <see cref="PreTokenSplitter"/> is faster.
/// </summary>
internal static class Cl100kPreTokenizer
{
    /// <summary>The end of the pre-token that begins at <paramref name="start"/>, in bytes from the text's begin.</summary>
    /// <param name="utf8">The whole text, well-formed UTF-8: what follows a pre-token decides where it ends, and so does the text's end.</param>
    /// <param name="start">0, or where the pre-token before it ended; less than the text's length.</param>
    [MethodImpl(Jit.Hot)]
    public static int Next(ReadOnlySpan<byte> utf8, int start)
    {
        int contraction = PreTokenRuns.Contraction(utf8, start);
        if (contraction > start)
        {
            return contraction;
        }
        CodePointClass first = CodePointClasses.Read(utf8, start, out int length);
        int after = start + length;
        if ((first & CodePointClass.Letter) != 0)
        {
            return Letters(utf8, after);
        }
        if ((first & CodePointClass.Number) != 0)
        {
            return PreTokenRuns.Numbers(utf8, after);
        }
        if ((first & CodePointClass.Newline) == 0 && Letters(utf8, after) is int word && word > after)
        {
            return word;
        }
        int punctuation = PreTokenRuns.Punctuation(utf8, start, slashes: false);
        return punctuation > start ? punctuation : PreTokenRuns.Spaces(utf8, start);
    }

    /// <summary>\p{L}*.</summary>
    [MethodImpl(Jit.Hot)]
    private static int Letters(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && (CodePointClasses.Read(utf8, at, out int length) & CodePointClass.Letter) != 0)
        {
            at += length;
        }
        return at;
    }
}
