namespace ApiTools.Tokens;

/// <summary>
/// The class of each code point, as npm's tiktoken 1.0.22 has it: the categories and White_Space of Unicode 16.0. The table is our own, because the
/// runtimes that the module meets have other versions of Unicode each, and a count may not depend on the runtime.
/// </summary>
internal static class CodePointClasses
{
    private const int PageMask = (1 << CodePointTable.PageBits) - 1;

    // The table writes a class as a character: 0x40 + the class.
    private const int ClassMask = 0x3F;

    private const int FirstVariationSelector = 0xE0100;
    private const int LastVariationSelector = 0xE01EF;

    /// <summary>The class of the code point whose UTF-8 sequence begins at <paramref name="at"/>, and the sequence's length in bytes.</summary>
    /// <param name="utf8">Well-formed UTF-8.</param>
    /// <param name="at">Where a sequence begins.</param>
    /// <param name="length">1 to 4.</param>
    public static CodePointClass Read(ReadOnlySpan<byte> utf8, int at, out int length)
    {
        int first = utf8[at];
        if (first < 0x80)
        {
            length = 1;
            return (CodePointClass)(CodePointTable.Pages[first] & ClassMask);
        }
        if (first < 0xE0)
        {
            length = 2;
            return Of(((first & 0x1F) << 6) | (utf8[at + 1] & 0x3F));
        }
        if (first < 0xF0)
        {
            length = 3;
            return Of(((first & 0x0F) << 12) | ((utf8[at + 1] & 0x3F) << 6) | (utf8[at + 2] & 0x3F));
        }
        length = 4;
        return Of(((first & 0x07) << 18) | ((utf8[at + 1] & 0x3F) << 12) | ((utf8[at + 2] & 0x3F) << 6) | (utf8[at + 3] & 0x3F));
    }

    /// <summary>The class of a code point.</summary>
    public static CodePointClass Of(int codePoint)
    {
        if ((uint)codePoint < CodePointTable.End)
        {
            int page = CodePointTable.PageIndex[codePoint >> CodePointTable.PageBits];
            return (CodePointClass)(CodePointTable.Pages[(page << CodePointTable.PageBits) | (codePoint & PageMask)] & ClassMask);
        }
        return codePoint is >= FirstVariationSelector and <= LastVariationSelector
            ? CodePointClass.Upper | CodePointClass.Lower
            : CodePointClass.None;
    }
}
