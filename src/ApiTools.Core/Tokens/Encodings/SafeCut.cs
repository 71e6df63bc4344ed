namespace ApiTools.Tokens;

/// <summary>
/// Where a text can be cut without changing its pre-tokens, whatever stands before and behind: between two code points that no pre-token of cl100k or
/// o200k holds both of, and the first of which decides nothing about what is before it when the text ends there. Not all such places: those
/// that a text of any kind has often enough.
/// </summary>
internal static class SafeCut
{
    private const CodePointClass Mark = CodePointClass.Upper | CodePointClass.Lower;
    private const CodePointClass NoSign = Mark | CodePointClass.Letter | CodePointClass.Number | CodePointClass.Space;

    /// <summary>The last such place behind <paramref name="from"/>; -1 where there is none.</summary>
    /// <param name="utf8">Well-formed UTF-8 but for its end, which may be within a code point.</param>
    /// <param name="from">Where a code point begins.</param>
    public static int Last(ReadOnlySpan<byte> utf8, int from)
    {
        int at = Utf8Sequence.WholeLength(utf8);
        if (at <= from)
        {
            return -1;
        }
        at = Utf8Sequence.Before(utf8, at);
        CodePointClass next = CodePointClasses.Read(utf8, at, out _);
        while (at > from)
        {
            int before = Utf8Sequence.Before(utf8, at);
            CodePointClass found = CodePointClasses.Read(utf8, before, out _);
            if (IsSafe(found, next, utf8[at]))
            {
                return at;
            }
            at = before;
            next = found;
        }
        return -1;
    }

    private static bool IsSafe(CodePointClass left, CodePointClass right, byte rightByte)
    {
        if ((left & CodePointClass.Newline) != 0)
        {
            // Line ends are the last of a pre-token, but for what o200k lets follow them: more of them, and slashes behind signs.
            return (right & CodePointClass.Space) == 0 && rightByte != '/';
        }
        if ((left & CodePointClass.Space) != 0)
        {
            return false;
        }
        if ((right & CodePointClass.Newline) != 0)
        {
            return (left & (CodePointClass.Letter | CodePointClass.Number)) != 0;
        }
        if ((right & CodePointClass.Space) != 0)
        {
            return true;
        }
        if ((right & CodePointClass.Number) != 0)
        {
            return (left & CodePointClass.Number) == 0;
        }
        if ((left & CodePointClass.Number) != 0)
        {
            return true;
        }
        // A sign behind a letter, but for the apostrophe of a contraction.
        return (left & CodePointClass.Letter) != 0 && (right & NoSign) == 0 && rightByte != '\'';
    }
}
