using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>What the patterns of cl100k and o200k have in common. Each method returns an offset in bytes; all are linear in what they pass.</summary>
internal static class PreTokenRuns
{
    private const CodePointClass NotPunctuation = CodePointClass.Letter | CodePointClass.Number | CodePointClass.Space;

    /// <summary>
    /// (?i:'s|'t|'re|'ve|'m|'ll|'d)? from <paramref name="at"/>: the end of the contraction, or <paramref name="at"/> where there is none. Ignoring
    /// case is Unicode's simple folding, by which U+017F, the long s, is an s; no other letter here has a third form.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    public static int Contraction(ReadOnlySpan<byte> utf8, int at)
    {
        if (at + 1 >= utf8.Length || utf8[at] != '\'')
        {
            return at;
        }
        int letter = utf8[at + 1] | 0x20;
        if (letter is 's' or 't' or 'm' or 'd')
        {
            return at + 2;
        }
        if (at + 2 >= utf8.Length)
        {
            return at;
        }
        int next = utf8[at + 2] | 0x20;
        bool isContraction = (letter == 'r' && next == 'e') || (letter == 'v' && next == 'e') || (letter == 'l' && next == 'l')
            || (utf8[at + 1] == 0xC5 && utf8[at + 2] == 0xBF);
        return isContraction ? at + 3 : at;
    }

    /// <summary>\p{N}{1,3}, whose first code point ends at <paramref name="at"/>.</summary>
    [MethodImpl(Jit.Hot)]
    public static int Numbers(ReadOnlySpan<byte> utf8, int at)
    {
        for (int count = 1; count < 3 && at < utf8.Length; count++)
        {
            if ((CodePointClasses.Read(utf8, at, out int length) & CodePointClass.Number) == 0)
            {
                break;
            }
            at += length;
        }
        return at;
    }

    /// <summary>
    /// " ?[^\s\p{L}\p{N}]+[\r\n]*", and with <paramref name="slashes"/> "[\r\n/]*" at its end: its end, or <paramref name="start"/> where it does not
    /// match.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    public static int Punctuation(ReadOnlySpan<byte> utf8, int start, bool slashes)
    {
        int first = utf8[start] == ' ' ? start + 1 : start;
        int at = first;
        while (at < utf8.Length && (CodePointClasses.Read(utf8, at, out int length) & NotPunctuation) == 0)
        {
            at += length;
        }
        if (at == first)
        {
            return start;
        }
        return LineEnds(utf8, at, slashes);
    }

    /// <summary>"[\r\n]*", or with <paramref name="slashes"/> "[\r\n/]*".</summary>
    [MethodImpl(Jit.Hot)]
    public static int LineEnds(ReadOnlySpan<byte> utf8, int at, bool slashes)
    {
        while (at < utf8.Length && (utf8[at] is (byte)'\r' or (byte)'\n' || (slashes && utf8[at] == '/')))
        {
            at++;
        }
        return at;
    }

    /// <summary>
    /// "\s*[\r\n]+|\s+(?!\S)|\s+" where white space begins: to the last line end of the run; else the run, but for its last code point where something
    /// follows that can take it; else that one code point.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    public static int Spaces(ReadOnlySpan<byte> utf8, int start)
    {
        int at = start;
        int last = start;
        int afterNewline = start;
        while (at < utf8.Length)
        {
            CodePointClass found = CodePointClasses.Read(utf8, at, out int length);
            if ((found & CodePointClass.Space) == 0)
            {
                break;
            }
            last = at;
            at += length;
            afterNewline = (found & CodePointClass.Newline) != 0 ? at : afterNewline;
        }
        if (afterNewline > start)
        {
            return afterNewline;
        }
        return at == utf8.Length || last == start ? at : last;
    }
}
