#if NET8_0_OR_GREATER
using System.Buffers;
#endif
using System.Text;

namespace ApiTools.Text;

/// <summary>Decodes UTF-8 in place, without an array between. What is no UTF-8 becomes U+FFFD, and is never an exception.</summary>
internal static class Utf8Text
{
    /// <summary>U+FEFF, which some editors write at the beginning of a text.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The bytes behind a byte order mark; all of them where there is none.</summary>
    public static ReadOnlySpan<byte> SkipMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith(ByteOrderMark) ? utf8.Slice(ByteOrderMark.Length) : utf8;

    /// <summary>The bytes behind all byte order marks at the beginning: a text that was joined or converted twice may have several.</summary>
    public static ReadOnlySpan<byte> SkipMarks(ReadOnlySpan<byte> utf8)
    {
        while (utf8.StartsWith(ByteOrderMark))
        {
            utf8 = SkipMark(utf8);
        }
        return utf8;
    }

    /// <summary>The text of these bytes.</summary>
    public static string Read(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? string.Empty : Decode(utf8);

    /// <summary>How many UTF-16 units of a text fit into so many bytes of UTF-8, without splitting a character. Half of a pair counts as a whole one.</summary>
    public static int LengthThatFits(string text, int bytes)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            bytes -= unit < 0x80 ? 1 : unit < 0x800 ? 2 : char.IsHighSurrogate(unit) ? 4 : char.IsLowSurrogate(unit) ? 0 : 3;
            if (bytes < 0)
            {
                return i;
            }
        }
        return text.Length;
    }

#if NET8_0_OR_GREATER
    /// <summary>Decodes into a room of at least as many UTF-16 units as there are bytes; returns how many it took.</summary>
    public static int Read(ReadOnlySpan<byte> utf8, Span<char> room) => Encoding.UTF8.GetChars(utf8, room);

    /// <summary>Writes a text of ASCII into a room of at least its length; false where it is none.</summary>
    public static bool TryWriteAscii(string text, Span<byte> room) => Ascii.FromUtf16(text, room, out _) == OperationStatus.Done;

    private static string Decode(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
#else
    /// <summary>Decodes into a room of at least as many UTF-16 units as there are bytes; returns how many it took.</summary>
    public static unsafe int Read(ReadOnlySpan<byte> utf8, Span<char> room)
    {
        if (utf8.IsEmpty)
        {
            return 0;
        }
        fixed (byte* from = utf8)
        fixed (char* to = room)
        {
            return Encoding.UTF8.GetChars(from, utf8.Length, to, room.Length);
        }
    }

    /// <summary>Writes a text of ASCII into a room of at least its length; false where it is none.</summary>
    public static bool TryWriteAscii(string text, Span<byte> room)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] >= 128)
            {
                return false;
            }
            room[i] = (byte)text[i];
        }
        return true;
    }

    private static unsafe string Decode(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* from = utf8)
        {
            return Encoding.UTF8.GetString(from, utf8.Length);
        }
    }
#endif
}
