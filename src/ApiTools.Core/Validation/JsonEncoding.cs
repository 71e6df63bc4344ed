using System.Globalization;
using System.Text;

namespace ApiTools.Validation;

/// <summary>In which encoding a text is, where it is not in UTF-8: by its mark, or by where its first two characters have NUL bytes, since JSON begins with ASCII.</summary>
internal static class JsonEncoding
{
    private const string Save = "JSON has to be UTF-8. Save it with Set-Content -Encoding utf8.";

    /// <summary>The fault of a text in UTF-16 or UTF-32.</summary>
    public static JsonFault? FindFault(ReadOnlySpan<byte> text)
    {
        if (Detect(text) is not Encoding encoding)
        {
            return null;
        }
        string message = encoding is UTF32Encoding ? $"The text is in UTF-32; {Save}" : $"The text is in UTF-16, as Windows PowerShell's > writes it; {Save}";
        // What it becomes is made when it is asked for: it may be long.
        return new JsonFault(0, message, SyntaxMend.Replace(0, text.Length, string.Empty, $"{encoding.WebName} changed into UTF-8"));
    }

    /// <summary>The fault of a byte that is no part of a character.</summary>
    public static JsonFault InvalidByte(ReadOnlySpan<byte> text, int offset) =>
        new(
            offset,
            $"The byte 0x{text[offset]:x2}, at offset {offset.ToString("N0", CultureInfo.InvariantCulture)}, is not UTF-8, which JSON has to be. Save the text as UTF-8.",
            SyntaxMend.Replace(offset, 1, "\ufffd", "a byte that is no UTF-8 changed into U+FFFD", isSafe: false));

    /// <summary>UTF-16 or UTF-32 of either byte order; null for anything else.</summary>
    public static Encoding? Detect(ReadOnlySpan<byte> text)
    {
        uint first = 0;
        for (int i = 0; i < 4; i++)
        {
            first = (first << 8) | (i < text.Length ? text[i] : 0xffu);
        }
        return first switch
        {
            0xfffe0000 => new UTF32Encoding(false, true, true),
            0x0000feff => new UTF32Encoding(true, true, true),
            _ when text.Length < 2 => null,
            _ when first >> 16 == 0xfffe => new UnicodeEncoding(false, true, true),
            _ when first >> 16 == 0xfeff => new UnicodeEncoding(true, true, true),
            _ when text.Length < 4 => null,
            _ when (first & 0x00ffffff) == 0 && first != 0 => new UTF32Encoding(false, false, true),
            _ when (first & 0xffffff00) == 0 && first != 0 => new UTF32Encoding(true, false, true),
            _ when (first & 0x00ff0000) == 0 && (first & 0xff000000) != 0 && (first & 0xff) == 0 => new UnicodeEncoding(false, false, true),
            _ when (first & 0xff000000) == 0 && (first & 0x00ff0000) != 0 && (first & 0xff00) == 0 => new UnicodeEncoding(true, false, true),
            _ => null,
        };
    }

    /// <summary>The text in UTF-8, without any mark; null where it is not well-formed in its own encoding.</summary>
    public static byte[]? Transcode(byte[] text, Encoding encoding)
    {
        try
        {
            string decoded = encoding.GetString(text);
            return Encoding.UTF8.GetBytes(decoded.TrimStart('\ufeff'));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
