#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
#endif

namespace ApiTools.Text;

/// <summary>
/// Finds the places where one of some pairs of characters stands, in any case, and beside it what may stand there. Thirty-two or sixteen characters at a time
/// where the machine can (by the halves of a byte, as Hyperscan's Teddy does), and one by one where it cannot; a test compares them.
/// </summary>
internal sealed class PairFinder
{
    // Sets bit 5: a capital becomes a small letter, and what is no letter another that is none of them, which the table then tells apart.
    private const byte LowerBit = 0x20;

    // The pair, and so many characters behind it are looked at.
    private const int Looked = 4;

    // A bit for each.
    private const int MaximumPairs = 64;

    // By both characters: which pair it is, from 1; 0 for none.
    private readonly byte[] _pairs = new byte[128 * 128];

    // By the character before a pair, by the third and by the fourth: a bit for each pair that it may stand beside.
    private readonly ulong[] _befores = new ulong[128];
    private readonly ulong[] _thirds = new ulong[128];
    private readonly ulong[] _fourths = new ulong[128];

    /// <param name="pairs">Two characters each: ASCII, lower case, at most 64.</param>
    /// <param name="mayStand">Whether beside a pair, at a place counted from its beginning (-1, 2, 3), a character of ASCII may stand; null where any may.</param>
    public PairFinder(IReadOnlyList<string> pairs, Func<int, int, char, bool>? mayStand = null)
    {
        if (pairs.Count > MaximumPairs)
        {
            throw new ArgumentException("There is no bit for each of so many pairs.", nameof(pairs));
        }
        for (int i = 0; i < pairs.Count; i++)
        {
            _pairs[Index(pairs[i][0], pairs[i][1])] = (byte)(i + 1);
            for (int c = 0; c < 128; c++)
            {
                _befores[c] |= mayStand is null || mayStand(i, -1, (char)c) ? 1ul << i : 0;
                _thirds[c] |= mayStand is null || mayStand(i, 2, (char)c) ? 1ul << i : 0;
                _fourths[c] |= mayStand is null || mayStand(i, 3, (char)c) ? 1ul << i : 0;
            }
        }
#if NET8_0_OR_GREATER
        List<string>[] buckets = RarePairs.Share(pairs, Buckets);
        _firstLow = Halves(buckets, 0, high: false);
        _firstHigh = Halves(buckets, 0, high: true);
        _secondLow = Halves(buckets, 1, high: false);
        _secondHigh = Halves(buckets, 1, high: true);
#endif
    }

    /// <summary>Where pairs stand, one by one. What it finds may be another pair that is alike (a control character in place of a sign).</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="places">Room for the places, for one at least.</param>
    /// <param name="end">Where it ended: all pairs before are found; the length of the text, where the room was enough.</param>
    /// <returns>How many were found.</returns>
    public int FindPortable(ReadOnlySpan<char> text, int from, Span<int> places, out int end)
    {
        int count = 0;
        for (int i = from; i < text.Length - 1; i++)
        {
            if (PairAt(text, i) >= 0)
            {
                if (count == places.Length)
                {
                    end = i;
                    return count;
                }
                places[count++] = i;
            }
        }
        end = text.Length;
        return count;
    }

    /// <summary>Which of the pairs stands there, beside what may stand there; negative for none.</summary>
    public int PairAt(ReadOnlySpan<char> text, int at)
    {
        int pair = (text[at] | text[at + 1]) < 128 ? _pairs[Index(text[at], text[at + 1])] - 1 : -1;
        if (pair < 0)
        {
            return pair;
        }
        ulong may = at == 0 ? ulong.MaxValue : Of(_befores, text[at - 1]);
        if (at <= text.Length - Looked)
        {
            may &= Of(_thirds, text[at + 2]) & Of(_fourths, text[at + 3]);
        }
        return (may >> pair & 1) == 0 ? -1 : pair;
    }

    // Of characters beyond ASCII nothing is known.
    private static ulong Of(ulong[] table, char c) => c < table.Length ? table[c] : ulong.MaxValue;

    /// <summary>The same in a text that is written in UTF-8. Where one stands there, it stands in the text.</summary>
    /// <inheritdoc cref="FindPortable(ReadOnlySpan{char}, int, Span{int}, out int)"/>
    public int FindPortable(ReadOnlySpan<byte> text, Span<int> places, out int end)
    {
        int count = 0;
        for (end = 0; end < text.Length - 1; end++)
        {
            if (PairAt(text, end) >= 0)
            {
                if (count == places.Length)
                {
                    return count;
                }
                places[count++] = end;
            }
        }
        end = text.Length;
        return count;
    }

    /// <summary>The same in a text that is written in UTF-8: a byte of a character beyond ASCII is no character of ASCII.</summary>
    /// <inheritdoc cref="PairAt(ReadOnlySpan{char}, int)"/>
    public int PairAt(ReadOnlySpan<byte> text, int at)
    {
        int pair = (text[at] | text[at + 1]) < 128 ? _pairs[Index((char)text[at], (char)text[at + 1])] - 1 : -1;
        if (pair < 0)
        {
            return pair;
        }
        ulong may = at == 0 ? ulong.MaxValue : Of(_befores, (char)text[at - 1]);
        if (at <= text.Length - Looked)
        {
            may &= Of(_thirds, (char)text[at + 2]) & Of(_fourths, (char)text[at + 3]);
        }
        return (may >> pair & 1) == 0 ? -1 : pair;
    }

    private static int Index(char first, char second) => ((first | LowerBit) << 7) | (second | LowerBit);

#if NET8_0_OR_GREATER
    private const int Buckets = 8;

    // For each half of a byte, the buckets that have a pair with it.
    private readonly Vector128<byte> _firstLow;
    private readonly Vector128<byte> _firstHigh;
    private readonly Vector128<byte> _secondLow;
    private readonly Vector128<byte> _secondHigh;

    /// <inheritdoc cref="FindPortable(ReadOnlySpan{char}, int, Span{int}, out int)"/>
    public int Find(ReadOnlySpan<char> text, int from, Span<int> places, out int end)
    {
        int left = text.Length - 1 - from;
        if (Avx2.IsSupported && left >= Vector256<byte>.Count)
        {
            return FindWide(text, from, places, out end);
        }
        return (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported) && left >= Vector128<byte>.Count
            ? FindNarrow(text, from, places, out end)
            : FindPortable(text, from, places, out end);
    }

    /// <inheritdoc cref="FindPortable(ReadOnlySpan{byte}, Span{int}, out int)"/>
    public int Find(ReadOnlySpan<byte> text, Span<int> places, out int end)
    {
        if (Avx2.IsSupported && text.Length > Vector256<byte>.Count)
        {
            return FindWide(text, places, out end);
        }
        return (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported) && text.Length > Vector128<byte>.Count
            ? FindNarrow(text, places, out end)
            : FindPortable(text, places, out end);
    }

    private int FindWide(ReadOnlySpan<byte> text, Span<int> places, out int end)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        Vector256<byte> lower = Vector256.Create(LowerBit);
        Vector256<byte> half = Vector256.Create((byte)0x0f);
        Vector256<byte> firstLow = Vector256.Create(_firstLow, _firstLow);
        Vector256<byte> firstHigh = Vector256.Create(_firstHigh, _firstHigh);
        Vector256<byte> secondLow = Vector256.Create(_secondLow, _secondLow);
        Vector256<byte> secondHigh = Vector256.Create(_secondHigh, _secondHigh);
        int count = 0;
        int last = text.Length - 1 - Vector256<byte>.Count;
        for (int next = 0; ;)
        {
            int block = Math.Min(next, last);
            Vector256<byte> first = Vector256.LoadUnsafe(ref start, (nuint)block) | lower;
            Vector256<byte> second = Vector256.LoadUnsafe(ref start, (nuint)block + 1) | lower;
            Vector256<byte> buckets = Avx2.Shuffle(firstLow, first & half) & Avx2.Shuffle(firstHigh, Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & half)
                & Avx2.Shuffle(secondLow, second & half) & Avx2.Shuffle(secondHigh, Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & half);
            uint hits = ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits() >> (next - block) << (next - block);
            if (hits != 0 && !Take(text, block, hits, places, ref count, out end))
            {
                return count;
            }
            next = block + Vector256<byte>.Count;
            if (block == last)
            {
                end = text.Length;
                return count;
            }
        }
    }

    private int FindNarrow(ReadOnlySpan<byte> text, Span<int> places, out int end)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        Vector128<byte> lower = Vector128.Create(LowerBit);
        int count = 0;
        int last = text.Length - 1 - Vector128<byte>.Count;
        for (int next = 0; ;)
        {
            int block = Math.Min(next, last);
            Vector128<byte> buckets = Lookup(_firstLow, _firstHigh, Vector128.LoadUnsafe(ref start, (nuint)block) | lower)
                & Lookup(_secondLow, _secondHigh, Vector128.LoadUnsafe(ref start, (nuint)block + 1) | lower);
            uint hits = (~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff) >> (next - block) << (next - block);
            if (hits != 0 && !Take(text, block, hits, places, ref count, out end))
            {
                return count;
            }
            next = block + Vector128<byte>.Count;
            if (block == last)
            {
                end = text.Length;
                return count;
            }
        }
    }

    // False where the room is not enough.
    private bool Take(ReadOnlySpan<byte> text, int block, uint hits, Span<int> places, ref int count, out int end)
    {
        for (; hits != 0; hits &= hits - 1)
        {
            end = block + BitOperations.TrailingZeroCount(hits);
            if (PairAt(text, end) >= 0)
            {
                if (count == places.Length)
                {
                    return false;
                }
                places[count++] = end;
            }
        }
        end = 0;
        return true;
    }

    private int FindWide(ReadOnlySpan<char> text, int from, Span<int> places, out int end)
    {
        ref ushort start = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        Vector256<byte> lower = Vector256.Create(LowerBit);
        Vector256<byte> half = Vector256.Create((byte)0x0f);
        Vector256<byte> firstLow = Vector256.Create(_firstLow, _firstLow);
        Vector256<byte> firstHigh = Vector256.Create(_firstHigh, _firstHigh);
        Vector256<byte> secondLow = Vector256.Create(_secondLow, _secondLow);
        Vector256<byte> secondHigh = Vector256.Create(_secondHigh, _secondHigh);
        int count = 0;
        int last = text.Length - 1 - Vector256<byte>.Count;
        for (int next = from; ;)
        {
            // The last block begins where it ends with the text, and what the one before has seen is left out.
            int block = Math.Min(next, last);
            Vector256<byte> first = Load256(ref start, block) | lower;
            Vector256<byte> second = Load256(ref start, block + 1) | lower;
            Vector256<byte> buckets = Avx2.Shuffle(firstLow, first & half) & Avx2.Shuffle(firstHigh, Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & half)
                & Avx2.Shuffle(secondLow, second & half) & Avx2.Shuffle(secondHigh, Vector256.ShiftRightLogical(second.AsUInt16(), 4).AsByte() & half);
            uint hits = ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits() >> (next - block) << (next - block);
            if (hits != 0 && !Take(text, block, hits, places, ref count, out end))
            {
                return count;
            }
            next = block + Vector256<byte>.Count;
            if (block == last)
            {
                end = text.Length;
                return count;
            }
        }
    }

    private int FindNarrow(ReadOnlySpan<char> text, int from, Span<int> places, out int end)
    {
        ref ushort start = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        Vector128<byte> lower = Vector128.Create(LowerBit);
        int count = 0;
        int last = text.Length - 1 - Vector128<byte>.Count;
        for (int next = from; ;)
        {
            int block = Math.Min(next, last);
            Vector128<byte> buckets = Lookup(_firstLow, _firstHigh, Load128(ref start, block) | lower) & Lookup(_secondLow, _secondHigh, Load128(ref start, block + 1) | lower);
            uint hits = (~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff) >> (next - block) << (next - block);
            if (hits != 0 && !Take(text, block, hits, places, ref count, out end))
            {
                return count;
            }
            next = block + Vector128<byte>.Count;
            if (block == last)
            {
                end = text.Length;
                return count;
            }
        }
    }

    // False where the room is not enough.
    private bool Take(ReadOnlySpan<char> text, int block, uint hits, Span<int> places, ref int count, out int end)
    {
        for (; hits != 0; hits &= hits - 1)
        {
            end = block + BitOperations.TrailingZeroCount(hits);
            if (PairAt(text, end) >= 0)
            {
                if (count == places.Length)
                {
                    return false;
                }
                places[count++] = end;
            }
        }
        end = 0;
        return true;
    }

    // Characters beyond 255 become others, which the table tells apart.
    private static Vector256<byte> Load256(ref ushort start, int at) =>
        Vector256.Narrow(Vector256.LoadUnsafe(ref start, (nuint)at), Vector256.LoadUnsafe(ref start, (nuint)(at + Vector256<ushort>.Count)));

    private static Vector128<byte> Load128(ref ushort start, int at) =>
        Vector128.Narrow(Vector128.LoadUnsafe(ref start, (nuint)at), Vector128.LoadUnsafe(ref start, (nuint)(at + Vector128<ushort>.Count)));

    private static Vector128<byte> Lookup(Vector128<byte> low, Vector128<byte> high, Vector128<byte> bytes)
    {
        Vector128<byte> half = Vector128.Create((byte)0x0f);
        Vector128<byte> lows = bytes & half;
        Vector128<byte> highs = Vector128.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & half;
        return Ssse3.IsSupported
            ? Ssse3.Shuffle(low, lows) & Ssse3.Shuffle(high, highs)
            : AdvSimd.Arm64.VectorTableLookup(low, lows) & AdvSimd.Arm64.VectorTableLookup(high, highs);
    }

    private static Vector128<byte> Halves(List<string>[] buckets, int position, bool high)
    {
        byte[] halves = new byte[16];
        for (int bucket = 0; bucket < buckets.Length; bucket++)
        {
            foreach (string pair in buckets[bucket])
            {
                int written = pair[position] | LowerBit;
                halves[high ? written >> 4 : written & 0x0f] |= (byte)(1 << bucket);
            }
        }
        return Vector128.Create(halves);
    }
#else
    /// <inheritdoc cref="FindPortable(ReadOnlySpan{byte}, Span{int}, out int)"/>
    public int Find(ReadOnlySpan<byte> text, Span<int> places, out int end) => FindPortable(text, places, out end);

    /// <inheritdoc cref="FindPortable(ReadOnlySpan{char}, int, Span{int}, out int)"/>
    public int Find(ReadOnlySpan<char> text, int from, Span<int> places, out int end) => FindPortable(text, from, places, out end);
#endif
}
