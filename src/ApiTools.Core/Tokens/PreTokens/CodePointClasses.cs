using System.Runtime.CompilerServices;

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

    // The first bytes of U+5000 to U+9FFF: ideographs all.
    private const int FirstIdeographLead = 0xE5;
    private const int LastIdeographLead = 0xE9;

    private const int FirstVariationSelector = 0xE0100;
    private const int LastVariationSelector = 0xE01EF;

    /// <summary>The class of the code point whose UTF-8 sequence begins at <paramref name="at"/>, and the sequence's length in bytes.</summary>
    /// <param name="utf8">Well-formed UTF-8.</param>
    /// <param name="at">Where a sequence begins.</param>
    /// <param name="length">1 to 4.</param>
    [MethodImpl(Jit.Inline)]
    public static CodePointClass Read(ReadOnlySpan<byte> utf8, int at, out int length)
    {
        int first = utf8[at];
        int codePoint;
        if (first < 0x80)
        {
            length = 1;
            return (CodePointClass)(CodePointTable.Pages[first] & ClassMask);
        }
        if (first >= 0xF0)
        {
            length = 4;
            codePoint = ((first & 0x07) << 18) | ((utf8[at + 1] & 0x3F) << 12) | ((utf8[at + 2] & 0x3F) << 6) | (utf8[at + 3] & 0x3F);
        }
        else if (first >= 0xE0)
        {
            length = 3;
            if ((uint)(first - FirstIdeographLead) <= LastIdeographLead - FirstIdeographLead)
            {
                return CodePointClass.Upper | CodePointClass.Lower | CodePointClass.Letter;
            }
            codePoint = ((first & 0x0F) << 12) | ((utf8[at + 1] & 0x3F) << 6) | (utf8[at + 2] & 0x3F);
        }
        else
        {
            length = 2;
            codePoint = ((first & 0x1F) << 6) | (utf8[at + 1] & 0x3F);
        }
        return Of(codePoint);
    }

    /// <summary>The class of a code point.</summary>
    [MethodImpl(Jit.Inline)]
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
