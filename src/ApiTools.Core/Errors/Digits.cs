#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Errors;

/// <summary>Finds the numbers in a message. Most messages have none or a few, and are done with at a glance.</summary>
internal static class Digits
{
    /// <summary>Room for the numbers of most messages.</summary>
    public const int Room = 32;

    /// <summary>True for a digit of ASCII.</summary>
    public static bool Is(char c) => c is >= '0' and <= '9';

    /// <summary>Where numbers begin: each digit of ASCII that no other stands before.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="room">Room for the places; where there are more, another is made.</param>
    public static ReadOnlySpan<int> Starts(ReadOnlySpan<char> text, Span<int> room)
    {
        int count = Fill(text, room);
        while (count > room.Length)
        {
            room = new int[text.Length];
            count = Fill(text, room);
        }
        return room.Slice(0, count);
    }

    /// <summary>Finds where numbers begin; returns how many there are, which may be more than there is room for.</summary>
    public static int FillPortable(ReadOnlySpan<char> text, Span<int> room)
    {
        int count = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (Is(text[at]) && (at == 0 || !Is(text[at - 1])))
            {
                if (count < room.Length)
                {
                    room[count] = at;
                }
                count++;
            }
        }
        return count;
    }

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="FillPortable"/>
    public static int Fill(ReadOnlySpan<char> text, Span<int> room)
    {
        if (!Vector128.IsHardwareAccelerated || text.Length < Vector128<byte>.Count)
        {
            return FillPortable(text, room);
        }
        ref ushort start = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        int last = text.Length - Vector128<byte>.Count;
        int count = 0;
        uint before = 0;
        for (int next = 0; ;)
        {
            // The last block ends with the text, and what the one before has seen is left out.
            int block = Math.Min(next, last);
            uint digits = Vector128.Narrow(AreDigits(ref start, block), AreDigits(ref start, block + Vector128<ushort>.Count)).ExtractMostSignificantBits() >> (next - block);
            for (uint starts = digits & ~(digits << 1 | before); starts != 0; starts &= starts - 1)
            {
                if (count < room.Length)
                {
                    room[count] = next + BitOperations.TrailingZeroCount(starts);
                }
                count++;
            }
            if (block == last)
            {
                return count;
            }
            before = digits >> (Vector128<byte>.Count - 1);
            next = block + Vector128<byte>.Count;
        }
    }

    // All bits where it is one.
    private static Vector128<ushort> AreDigits(ref ushort start, int at)
    {
        Vector128<ushort> over = Vector128.LoadUnsafe(ref start, (nuint)at) - Vector128.Create((ushort)'0');
        return Vector128.Equals(Vector128.Min(over, Vector128.Create((ushort)9)), over);
    }
#else
    /// <inheritdoc cref="FillPortable"/>
    public static int Fill(ReadOnlySpan<char> text, Span<int> room) => FillPortable(text, room);
#endif
}
