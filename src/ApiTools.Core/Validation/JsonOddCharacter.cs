using System.Globalization;

namespace ApiTools.Validation;

/// <summary>Characters that look like JSON's own and are others: blanks of web pages and word processors, punctuation of East Asian keyboards.</summary>
internal static class JsonOddCharacter
{
    /// <summary>The odd character at an offset; null where there is none.</summary>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int offset) =>
        FindBlank(json, offset) ?? FindPunctuation(json, offset) ?? JsonFence.Find(json, offset);

    /// <summary>The blank at an offset that is none of JSON's.</summary>
    public static JsonFault? FindBlank(ReadOnlySpan<byte> json, int offset)
    {
        (int codePoint, int length) = JsonScan.CodePoint(json, offset);
        bool isInvisible = codePoint is 0xfeff or (>= 0x200b and <= 0x200d) or 0x2060;
        bool isBlank = codePoint is 0x0b or 0x0c or 0x85 or 0xa0 or 0x1680 or (>= 0x2000 and <= 0x200a) or 0x2028 or 0x2029 or 0x202f or 0x205f or 0x3000;
        if (!isInvisible && !isBlank)
        {
            return null;
        }
        string name = Name(codePoint);
        string what = codePoint == 0xfeff ? "a byte order mark" : isBlank ? "a blank that JSON does not have" : "invisible";
        return new JsonFault(
            offset,
            $"Here stands {name}, which is {what}.",
            isBlank ? SyntaxMend.Replace(offset, length, " ", $"{name} changed into a space") : SyntaxMend.Remove(offset, length, $"{name} taken out"));
    }

    private static JsonFault? FindPunctuation(ReadOnlySpan<byte> json, int offset)
    {
        (int codePoint, int length) = JsonScan.CodePoint(json, offset);
        // Fullwidth forms are ASCII moved by U+FEE0.
        if (codePoint is not (0xff0c or 0xff1a or 0xff3b or 0xff3d or 0xff5b or 0xff5d))
        {
            return null;
        }
        char plain = (char)(codePoint - 0xfee0);
        string name = Name(codePoint);
        return new JsonFault(
            offset, $"Here stands {name}, a wide '{plain}', where JSON has the plain one.", SyntaxMend.Replace(offset, length, plain.ToString(), $"a wide '{plain}' changed into the plain one"));
    }

    private static string Name(int codePoint) => $"the character U+{codePoint.ToString("X4", CultureInfo.InvariantCulture)}";
}
