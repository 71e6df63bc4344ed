#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Tokens;

/// <summary>Counts the characters of well-formed UTF-8, and those of the page's range of Chinese ones apart (U+4E00 to U+9FFF).</summary>
internal static class Utf8Count
{
    // U+4E00 is E4 B8 80, U+9FFF is E9 BF BF: what begins with E4 is told by its second byte, from E5 to E9 all are.
    private const byte FirstLead = 0xe4;
    private const byte FirstSecond = 0xb8;
    private const byte LastLead = 0xe9;

    /// <summary>How many characters there are, and how many of them are of the range.</summary>
    public static (int Characters, int Ideographs) Count(ReadOnlySpan<byte> utf8) =>
#if NET8_0_OR_GREATER
        Vector128.IsHardwareAccelerated && utf8.Length >= Vector128<byte>.Count ? CountBlocks(utf8) : CountPortable(utf8);
#else
        CountPortable(utf8);
#endif

    /// <summary>The plain twin.</summary>
    public static (int Characters, int Ideographs) CountPortable(ReadOnlySpan<byte> utf8)
    {
        int characters = 0;
        int ideographs = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            byte b = utf8[i];
            characters += (b & 0xc0) != 0x80 ? 1 : 0;
            if (b is > FirstLead and <= LastLead || (b == FirstLead && i + 1 < utf8.Length && utf8[i + 1] >= FirstSecond))
            {
                ideographs++;
            }
        }
        return (characters, ideographs);
    }

#if NET8_0_OR_GREATER
    private static (int Characters, int Ideographs) CountBlocks(ReadOnlySpan<byte> utf8)
    {
        int width = Vector128<byte>.Count;
        ref byte start = ref MemoryMarshal.GetReference(utf8);
        Sums sums = default;
        int i = 0;
        for (; i <= utf8.Length - width; i += width)
        {
            sums.Add(Vector128.LoadUnsafe(ref start, (nuint)i), 0);
        }
        if (i < utf8.Length)
        {
            // The last block reaches back to bytes that have been counted: they are shifted out.
            sums.Add(Vector128.LoadUnsafe(ref start, (nuint)(utf8.Length - width)), width - (utf8.Length - i));
        }
        return (utf8.Length - sums.Continuations, sums.Ideographs);
    }

    private struct Sums
    {
        public int Continuations;
        public int Ideographs;

        // 1 where the block before ended in E4.
        private uint _pending;

        /// <summary>Adds a block.</summary>
        /// <param name="block">The bytes.</param>
        /// <param name="skip">How many at its beginning are not to be counted.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<byte> block, int skip)
        {
            if (block.ExtractMostSignificantBits() >> skip == 0)
            {
                _pending = 0;
                return;
            }
            uint continuations = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)-0x40)).ExtractMostSignificantBits() >> skip;
            uint seconds = Vector128.GreaterThanOrEqual(block, Vector128.Create(FirstSecond)).ExtractMostSignificantBits() >> skip;
            uint first = Vector128.Equals(block, Vector128.Create(FirstLead)).ExtractMostSignificantBits() >> skip;
            uint leads = Vector128.LessThan(block - Vector128.Create((byte)(FirstLead + 1)), Vector128.Create((byte)(LastLead - FirstLead))).ExtractMostSignificantBits() >> skip;
            Continuations += BitOperations.PopCount(continuations);
            // A bit of what E4 is followed by stands one higher than its own.
            Ideographs += BitOperations.PopCount(leads) + BitOperations.PopCount(((first << 1) | _pending) & seconds);
            _pending = first >> (Vector128<byte>.Count - 1 - skip);
        }
    }
#endif
}
