using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>Where the code points of UTF-8 begin and end (RFC 3629 section 3).</summary>
internal static class Utf8Sequence
{
    /// <summary>Whether a byte is the second or a later one of its code point.</summary>
    [MethodImpl(Jit.Inline)]
    public static bool IsContinuation(byte one) => (one & 0xC0) == 0x80;

    /// <summary>How many bytes a code point has by its first; 1 for what is none's first.</summary>
    [MethodImpl(Jit.Inline)]
    public static int Length(byte first) => first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    /// <summary>Where the code point begins that ends at <paramref name="at"/>.</summary>
    public static int Before(ReadOnlySpan<byte> utf8, int at)
    {
        do
        {
            at--;
        }
        while (at > 0 && IsContinuation(utf8[at]));
        return at;
    }

    /// <summary>The nearest place at or before <paramref name="at"/> that is not within a code point.</summary>
    public static int BoundaryBefore(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && IsContinuation(utf8[at]))
        {
            at--;
        }
        return at;
    }

    /// <summary>The nearest place at or behind <paramref name="at"/> that is not within a code point.</summary>
    public static int BoundaryAfter(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && IsContinuation(utf8[at]))
        {
            at++;
        }
        return at;
    }

    /// <summary>How many bytes are whole code points: all, unless the last is cut. What is no UTF-8 is taken for whole.</summary>
    public static int WholeLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return 0;
        }
        int first = utf8.Length - 1;
        while (first > 0 && first > utf8.Length - 4 && IsContinuation(utf8[first]))
        {
            first--;
        }
        return first + Length(utf8[first]) <= utf8.Length ? utf8.Length : first;
    }
}
