#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Tokens;

/// <summary>
/// The fast path of the pre-tokenizers: a pre-token of ASCII that ends, with the byte that decides its end, within 16 bytes, which is nearly every one
/// of prose and code. One load, and the classes of its bytes as bits. What it leaves undecided, the pre-tokenizers do code point by code point.
/// </summary>
internal static class AsciiPreToken
{
    /// <summary>No end: an end is past the start always.</summary>
    public const int Undecided = 0;

#if NET8_0_OR_GREATER
    private const int BlockLength = 16;
    private const byte CaseBit = 0x20;

    /// <summary>The end of cl100k's pre-token at <paramref name="start"/>, or <see cref="Undecided"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Cl100k(ReadOnlySpan<byte> utf8, int start)
    {
        if (utf8.Length < BlockLength)
        {
            return Undecided;
        }
        byte first = utf8[start];
        Vector128<byte> block = Load(utf8, start, out int skipped);
        uint letters = Letters(block) >> skipped;
        int prefix = (int)(~letters & 1);
        int length = prefix + BitOperations.TrailingZeroCount(~(letters >> prefix));
        if (length == prefix || IsNoPrefix(first))
        {
            return Other(utf8, start, block, skipped, slashes: false);
        }
        if (first == '\'' && PreTokenRuns.Contraction(utf8, start) is int contraction && contraction > start)
        {
            return contraction;
        }
        return Decided(utf8, start, length, skipped);
    }

    /// <summary>The end of o200k's pre-token at <paramref name="start"/>, or <see cref="Undecided"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int O200k(ReadOnlySpan<byte> utf8, int start)
    {
        if (utf8.Length < BlockLength)
        {
            return Undecided;
        }
        byte first = utf8[start];
        Vector128<byte> block = Load(utf8, start, out int skipped);
        uint upper = Range(block, 'A', 'Z') >> skipped;
        uint lower = Range(block, 'a', 'z') >> skipped;
        int prefix = (int)(~(upper | lower) & 1);
        int length = prefix + BitOperations.TrailingZeroCount(~(upper >> prefix));
        length += BitOperations.TrailingZeroCount(~(lower >> length));
        if (length == prefix || IsNoPrefix(first))
        {
            return Other(utf8, start, block, skipped, slashes: true);
        }
        int end = Decided(utf8, start, length, skipped);
        return (uint)end < (uint)utf8.Length && utf8[end] == '\'' && end != Undecided ? PreTokenRuns.Contraction(utf8, end) : end;
    }

    /// <summary>What begins no word: a number, punctuation or white space.</summary>
    private static int Other(ReadOnlySpan<byte> utf8, int start, Vector128<byte> block, int skipped, bool slashes)
    {
        byte first = utf8[start];
        if (first >= 0x80)
        {
            return Undecided;
        }
        uint numbers = Range(block, '0', '9') >> skipped;
        if ((numbers & 1) != 0)
        {
            int count = Math.Min(3, BitOperations.TrailingZeroCount(~numbers));
            return count == 3 ? start + count : Decided(utf8, start, count, skipped);
        }
        uint spaces = Spaces(block) >> skipped;
        // The complement has the bits past the text's end set, for there are zeros in all others: they end a run, as they must.
        uint words = (block.ExtractMostSignificantBits() | Letters(block)) >> skipped;
        uint breaks = words | numbers | spaces | (uint.MaxValue << (BlockLength - skipped));
        int prefix = first == ' ' ? 1 : 0;
        int length = prefix + BitOperations.TrailingZeroCount(breaks >> prefix);
        if (length == prefix)
        {
            return Blank(utf8, start, block, skipped, spaces);
        }
        uint tail = Newlines(block) | (slashes ? Bits(Vector128.Equals(block, Vector128.Create((byte)'/'))) : 0);
        length += BitOperations.TrailingZeroCount(~(tail >> skipped >> length));
        return Decided(utf8, start, length, skipped);
    }

    /// <summary>A run of white space: see <see cref="PreTokenRuns.Spaces"/>.</summary>
    private static int Blank(ReadOnlySpan<byte> utf8, int start, Vector128<byte> block, int skipped, uint spaces)
    {
        int length = BitOperations.TrailingZeroCount(~spaces);
        int end = Decided(utf8, start, length, skipped);
        if (end == Undecided)
        {
            return Undecided;
        }
        uint newlines = (Newlines(block) >> skipped) & ((1u << length) - 1);
        if (newlines != 0)
        {
            return start + BitOperations.Log2(newlines) + 1;
        }
        return end == utf8.Length || length == 1 ? end : end - 1;
    }

    /// <summary>
    /// The end of a run of <paramref name="length"/> bytes; or <see cref="Undecided"/> where the next byte is not in the block, or is not ASCII, so that
    /// the run may go on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Decided(ReadOnlySpan<byte> utf8, int start, int length, int skipped)
    {
        int end = start + length;
        if ((uint)end < (uint)utf8.Length)
        {
            return length + skipped < BlockLength && utf8[end] < 0x80 ? end : Undecided;
        }
        return end;
    }

    /// <summary>The 16 bytes from <paramref name="start"/>; near the text's end its last 16, with the number of those that come before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(ReadOnlySpan<byte> utf8, int start, out int skipped)
    {
        int at = Math.Min(start, utf8.Length - BlockLength);
        skipped = start - at;
        return Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(utf8), (nuint)at);
    }

    // [\r\n\p{L}\p{N}] of ASCII but for the letters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNoPrefix(byte first) => (uint)(first - '0') <= 9 || first == '\n' || first == '\r';

    // Both cases are one range once the case bit is set; a byte that is not ASCII stays one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Letters(Vector128<byte> block) => Range(block | Vector128.Create(CaseBit), 'a', 'z');

    private static uint Spaces(Vector128<byte> block) => Range(block, '\t', '\r') | Bits(Vector128.Equals(block, Vector128.Create((byte)' ')));

    private static uint Newlines(Vector128<byte> block) =>
        Bits(Vector128.Equals(block, Vector128.Create((byte)'\r')) | Vector128.Equals(block, Vector128.Create((byte)'\n')));

    // Moved up so that the range ends at the highest signed byte, one signed comparison decides: the processors of 128 bits have no unsigned one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Range(Vector128<byte> block, char from, char to) =>
        Bits(Vector128.GreaterThan(
            (block + Vector128.Create((byte)(sbyte.MaxValue - to))).AsSByte(),
            Vector128.Create((sbyte)(sbyte.MaxValue - (to - from) - 1))).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(Vector128<byte> mask) => mask.ExtractMostSignificantBits();
#else
    /// <summary>Undecided: there are no vectors here.</summary>
    public static int Cl100k(ReadOnlySpan<byte> utf8, int start) => Undecided;

    /// <summary>Undecided: there are no vectors here.</summary>
    public static int O200k(ReadOnlySpan<byte> utf8, int start) => Undecided;
#endif
}
