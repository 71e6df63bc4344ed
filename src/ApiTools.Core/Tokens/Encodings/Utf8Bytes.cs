using System.Text;

namespace ApiTools.Tokens;

/// <summary>UTF-16 to UTF-8, with U+FFFD for half a surrogate pair.</summary>
internal static class Utf8Bytes
{
    /// <summary>Writes into a room of at least three bytes for each char; returns how many it took.</summary>
#if NET8_0_OR_GREATER
    public static int Write(ReadOnlySpan<char> text, Span<byte> room) => Encoding.UTF8.GetBytes(text, room);
#else
    public static unsafe int Write(ReadOnlySpan<char> text, Span<byte> room)
    {
        if (text.IsEmpty)
        {
            return 0;
        }
        fixed (char* from = text)
        fixed (byte* to = room)
        {
            return Encoding.UTF8.GetBytes(from, text.Length, to, room.Length);
        }
    }
#endif
}
