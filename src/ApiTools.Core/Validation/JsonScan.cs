using System.Globalization;

namespace ApiTools.Validation;

/// <summary>Small steps through a text that may be no JSON.</summary>
internal static class JsonScan
{
    // RFC 8259 section 2: blanks are space, tab, line feed and carriage return, and nothing else.
    public static int SkipBlanks(ReadOnlySpan<byte> json, int offset)
    {
        while (offset < json.Length && json[offset] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            offset++;
        }
        return offset;
    }

    /// <summary>The byte at an offset; 0 past the end.</summary>
    public static byte At(ReadOnlySpan<byte> json, int offset) => offset < json.Length ? json[offset] : (byte)0;

    /// <summary>The end of the line that an offset is in: of its line end, or of the text.</summary>
    public static int EndOfLine(ReadOnlySpan<byte> json, int offset)
    {
        int length = json.Slice(offset).IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? json.Length : offset + length;
    }

    /// <summary>The end of a word (a name of a programming language, with - and .); the offset itself where none begins there.</summary>
    public static int EndOfWord(ReadOnlySpan<byte> json, int offset)
    {
        int end = offset;
        while (end < json.Length && (IsLetter(json[end]) || (end > offset && json[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')))
        {
            end++;
        }
        return end;
    }

    /// <summary>The code point at an offset, and its length in bytes; U+FFFD and 1 where there is none.</summary>
    public static (int CodePoint, int Length) CodePoint(ReadOnlySpan<byte> json, int offset)
    {
        byte b = json[offset];
        int length = b switch { < 0x80 => 1, < 0xc2 => 0, < 0xe0 => 2, < 0xf0 => 3, < 0xf5 => 4, _ => 0 };
        if (length == 0 || offset + length > json.Length || Utf8Check.FindInvalid(json.Slice(offset, length)) >= 0)
        {
            return (0xfffd, 1);
        }
        int codePoint = length switch { 1 => b, 2 => b & 0x1f, 3 => b & 0x0f, _ => b & 0x07 };
        for (int i = 1; i < length; i++)
        {
            codePoint = (codePoint << 6) | (json[offset + i] & 0x3f);
        }
        return (codePoint, length);
    }

    /// <summary>One whole character: with its number where it is not plain, since it may look like another (typographic quotes, blanks).</summary>
    public static string Shown(ReadOnlySpan<byte> json, int offset)
    {
        int codePoint = CodePoint(json, offset).CodePoint;
        return codePoint is > 0x20 and < 0x7f
            ? $"'{(char)codePoint}'"
            : $"the character U+{codePoint.ToString("X4", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Where a fault's message says that something stands: <c>line 3, column 7</c>.</summary>
    public static string Place(ReadOnlySpan<byte> json, int offset, int firstLine)
    {
        (int line, int column) = TextPositions.Locate(json, offset, firstLine);
        return FormattableString.Invariant($"line {line}, column {column}");
    }

    private static bool IsLetter(byte b) => b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' or (byte)'$';
}
