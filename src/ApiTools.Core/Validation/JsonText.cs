using System.Text;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Reads what stands between the quotes of a JSON string whose syntax has been checked.</summary>
internal static class JsonText
{
    /// <summary>The string's text. Half a surrogate pair stays what it is: <c>Utf8JsonReader.GetString</c> would throw.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return Utf8Text.Read(raw);
        }
        StringBuilder text = new(raw.Length);
        int i = 0;
        while (i < raw.Length)
        {
            int plain = PlainLength(raw, i);
            if (plain > 0)
            {
                text.Append(Utf8Text.Read(raw.Slice(i, plain)));
                i += plain;
                continue;
            }
            int codePoint = ReadEscape(raw, ref i);
            if (codePoint < 0x10000)
            {
                text.Append((char)codePoint);
            }
            else
            {
                text.Append(char.ConvertFromUtf32(codePoint));
            }
        }
        return text.ToString();
    }

    /// <summary>Where half a surrogate pair stands as an escape (<c>\ud83d</c> alone); -1 where none does.</summary>
    public static int FindHalfPair(ReadOnlySpan<byte> raw)
    {
        // Most strings with a backslash have line ends in them, and nothing else.
        if (raw.IndexOf("\\u"u8) < 0)
        {
            return -1;
        }
        int i = 0;
        while (i < raw.Length)
        {
            i += PlainLength(raw, i);
            if (i >= raw.Length)
            {
                break;
            }
            int start = i;
            if (ReadEscape(raw, ref i) is >= 0xd800 and <= 0xdfff)
            {
                return start;
            }
        }
        return -1;
    }

    /// <summary>How many bytes there are before the next escape.</summary>
    public static int PlainLength(ReadOnlySpan<byte> raw, int start)
    {
        int length = raw.Slice(start).IndexOf((byte)'\\');
        return length < 0 ? raw.Length - start : length;
    }

    /// <summary>
    /// Reads an escape (RFC 8259 section 7): the code point, of both escapes where two of them make a surrogate pair; half a pair as it is.
    /// </summary>
    /// <param name="raw">What stands between a string's quotes.</param>
    /// <param name="i">Where the escape begins; then where it ends.</param>
    public static int ReadEscape(ReadOnlySpan<byte> raw, ref int i)
    {
        byte kind = raw[i + 1];
        i += 2;
        switch (kind)
        {
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'u':
                char unit = Hex(raw, i);
                i += 4;
                if (char.IsHighSurrogate(unit) && i + 6 <= raw.Length && raw[i] == '\\' && raw[i + 1] == 'u')
                {
                    char low = Hex(raw, i + 2);
                    if (char.IsLowSurrogate(low))
                    {
                        i += 6;
                        return char.ConvertToUtf32(unit, low);
                    }
                }
                return unit;
            default:
                return kind;
        }
    }

    private static char Hex(ReadOnlySpan<byte> raw, int start)
    {
        int value = 0;
        for (int i = start; i < start + 4; i++)
        {
            int digit = raw[i];
            value = (value * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        return (char)value;
    }
}
