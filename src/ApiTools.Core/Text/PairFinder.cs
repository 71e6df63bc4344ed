#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
#endif

namespace ApiTools.Text;

/// <summary>
/// Finds the places where one of some pairs of characters stands, in any case. Sixteen characters at a time where the machine can (by the halves of a byte, as
/// Hyperscan's Teddy does), and one by one where it cannot; a test compares the two.
/// </summary>
internal sealed class PairFinder
{
    // Sets bit 5: a capital becomes a small letter, and what is no letter another that is none of them, which the table then tells apart.
    private const byte LowerBit = 0x20;

    // By both characters: which pair it is, from 1; 0 for none.
    private readonly byte[] _pairs = new byte[128 * 128];

    /// <param name="pairs">Two characters each: ASCII, lower case, at most 255.</param>
    public PairFinder(IReadOnlyList<string> pairs)
    {
        for (int i = 0; i < pairs.Count; i++)
        {
            _pairs[Index(pairs[i][0], pairs[i][1])] = (byte)(i + 1);
        }
#if NET8_0_OR_GREATER
        string[] sorted = [.. pairs.OrderBy(pair => pair, StringComparer.Ordinal)];
        _firstLow = Halves(sorted, 0, high: false);
        _firstHigh = Halves(sorted, 0, high: true);
        _secondLow = Halves(sorted, 1, high: false);
        _secondHigh = Halves(sorted, 1, high: true);
#endif
    }

    /// <summary>Where the next pair stands; negative for nowhere. What it finds may be another pair that is alike (a control character in place of a sign).</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="pair">Which of the pairs it is.</param>
    public int FindPortable(ReadOnlySpan<char> text, int from, out int pair)
    {
        for (int i = from; i < text.Length - 1; i++)
        {
            pair = PairAt(text, i);
            if (pair >= 0)
            {
                return i;
            }
        }
        pair = -1;
        return -1;
    }

    private static int Index(char first, char second) => ((first | LowerBit) << 7) | (second | LowerBit);

    private int PairAt(ReadOnlySpan<char> text, int at) => (text[at] | text[at + 1]) < 128 ? _pairs[Index(text[at], text[at + 1])] - 1 : -1;

#if NET8_0_OR_GREATER
    private const int Buckets = 8;

    // For each half of a byte, the buckets that have a pair with it.
    private readonly Vector128<byte> _firstLow;
    private readonly Vector128<byte> _firstHigh;
    private readonly Vector128<byte> _secondLow;
    private readonly Vector128<byte> _secondHigh;

    /// <inheritdoc cref="FindPortable"/>
    public int Find(ReadOnlySpan<char> text, int from, out int pair)
    {
        int width = Vector128<byte>.Count;
        if (!(Ssse3.IsSupported || AdvSimd.Arm64.IsSupported) || text.Length - from <= width)
        {
            return FindPortable(text, from, out pair);
        }
        ref ushort start = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        // The last block begins where it ends with the text.
        int last = text.Length - 1 - width;
        for (int block = from; ; block = Math.Min(block + width, last))
        {
            uint hits = Hits(Load(ref start, block), Load(ref start, block + 1));
            for (; hits != 0; hits &= hits - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(hits);
                pair = PairAt(text, at);
                if (pair >= 0)
                {
                    return at;
                }
            }
            if (block == last)
            {
                pair = -1;
                return -1;
            }
        }
    }

    // Characters beyond 255 become others, which the table tells apart.
    private static Vector128<byte> Load(ref ushort start, int at) =>
        Vector128.Narrow(Vector128.LoadUnsafe(ref start, (nuint)at), Vector128.LoadUnsafe(ref start, (nuint)(at + Vector128<ushort>.Count)));

    private uint Hits(Vector128<byte> first, Vector128<byte> second)
    {
        Vector128<byte> lower = Vector128.Create(LowerBit);
        Vector128<byte> buckets = Lookup(_firstLow, _firstHigh, first | lower) & Lookup(_secondLow, _secondHigh, second | lower);
        return ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
    }

    private static Vector128<byte> Lookup(Vector128<byte> low, Vector128<byte> high, Vector128<byte> bytes)
    {
        Vector128<byte> half = Vector128.Create((byte)0x0f);
        Vector128<byte> lows = bytes & half;
        Vector128<byte> highs = Vector128.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & half;
        return Ssse3.IsSupported
            ? Ssse3.Shuffle(low, lows) & Ssse3.Shuffle(high, highs)
            : AdvSimd.Arm64.VectorTableLookup(low, lows) & AdvSimd.Arm64.VectorTableLookup(high, highs);
    }

    private static Vector128<byte> Halves(string[] pairs, int position, bool high)
    {
        byte[] halves = new byte[16];
        for (int i = 0; i < pairs.Length; i++)
        {
            int written = pairs[i][position] | LowerBit;
            halves[high ? written >> 4 : written & 0x0f] |= (byte)(1 << (i * Buckets / pairs.Length));
        }
        return Vector128.Create(halves);
    }
#else
    /// <inheritdoc cref="FindPortable"/>
    public int Find(ReadOnlySpan<char> text, int from, out int pair) => FindPortable(text, from, out pair);
#endif
}
