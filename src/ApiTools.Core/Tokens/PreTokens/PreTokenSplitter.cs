#if NET8_0_OR_GREATER
using System.Numerics;
#endif
using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// Many pre-tokens at a time, for both patterns. A block of 64 bytes is sorted once, and each pre-token of ASCII that ends in it, with the byte that
/// decides its end, is found with a few shifts; nearly all of prose and code are of that kind. The others are found code point by code point, by the
/// pre-tokenizer's own Next, which decides alone where there are no vectors.
/// </summary>
internal static class PreTokenSplitter
{
    /// <summary>Writes where the pre-tokens from <paramref name="start"/> end, until there is no room or no text.</summary>
    /// <param name="utf8">The whole text, well-formed UTF-8.</param>
    /// <param name="start">0, or where a pre-token ended.</param>
    /// <param name="ends">One offset in bytes from the text's begin for each.</param>
    /// <param name="o200k">Whether the pattern is o200k's; else it is cl100k's.</param>
    /// <returns>How many were written.</returns>
    [MethodImpl(Jit.Hot)]
    public static int Split(ReadOnlySpan<byte> utf8, int start, Span<int> ends, bool o200k)
    {
#if NET8_0_OR_GREATER
        int count = 0;
        int blockStart = start;
        AsciiBlock block = new(utf8, start, o200k);
        for (int at = start; at < utf8.Length && count < ends.Length; ends[count++] = at)
        {
            int end = utf8[at] < 0x80 ? Find(utf8, at, blockStart, block, o200k) : NotAscii;
            if (end == PastBlock && at > blockStart)
            {
                block = new AsciiBlock(utf8, at, o200k);
                blockStart = at;
                end = Find(utf8, at, at, block, o200k);
            }
            at = end > at ? end : Next(utf8, at, o200k);
        }
        return count;
#else
        int count = 0;
        for (int at = start; at < utf8.Length && count < ends.Length; count++)
        {
            at = Next(utf8, at, o200k);
            ends[count] = at;
        }
        return count;
#endif
    }

    [MethodImpl(Jit.Inline)]
    private static int Next(ReadOnlySpan<byte> utf8, int at, bool o200k) => o200k ? O200kPreTokenizer.Next(utf8, at) : Cl100kPreTokenizer.Next(utf8, at);

#if NET8_0_OR_GREATER
    // What decides the end is past the block, or is not ASCII.
    private const int PastBlock = -1;
    private const int NotAscii = -2;

    [MethodImpl(Jit.Inline)]
    private static int Find(ReadOnlySpan<byte> utf8, int at, int blockStart, in AsciiBlock block, bool o200k)
    {
        int offset = at - blockStart;
        if (offset >= AsciiBlock.Length)
        {
            return PastBlock;
        }
        int run = offset + (int)((block.Prefixes >> offset) & 1);
        if (((block.Runs >> run) & 1) == 0)
        {
            return FindOther(utf8, at, blockStart, block);
        }
        if (!o200k && utf8[at] == '\'' && PreTokenRuns.Contraction(utf8, at) is int contraction && contraction > at)
        {
            return contraction;
        }
        int stop = run + 1 + BitOperations.TrailingZeroCount(block.Stops >> run >> 1);
        int end = Decided(stop, blockStart, block);
        if (end < 0)
        {
            return end;
        }
        if (((block.BeforeNewlines >> (stop - 1)) & 1) != 0)
        {
            return PreTokenRuns.LineEnds(utf8, end, o200k);
        }
        return o200k && (uint)end < (uint)utf8.Length && utf8[end] == '\'' ? PreTokenRuns.Contraction(utf8, end) : end;
    }

    /// <summary>A number or white space.</summary>
    [MethodImpl(Jit.Hot)]
    private static int FindOther(ReadOnlySpan<byte> utf8, int at, int blockStart, in AsciiBlock block)
    {
        int offset = at - blockStart;
        if (((block.Numbers >> offset) & 1) != 0)
        {
            int count = Math.Min(3, RunLength(block.Numbers >> offset));
            return count == 3 ? at + 3 : Decided(offset + count, blockStart, block);
        }
        int length = RunLength(block.Spaces >> offset);
        int end = Decided(offset + length, blockStart, block);
        if (end < 0)
        {
            return end;
        }
        ulong newlines = (block.Newlines >> offset) & ((1UL << length) - 1);
        if (newlines != 0)
        {
            return blockStart + offset + BitOperations.Log2(newlines) + 1;
        }
        return end == utf8.Length || length == 1 ? end : end - 1;
    }

    /// <summary>A run's end, where the byte that ends it is in the block and ASCII: the run may go on with any other.</summary>
    [MethodImpl(Jit.Inline)]
    private static int Decided(int stop, int blockStart, in AsciiBlock block)
    {
        if (stop >= AsciiBlock.Length)
        {
            return PastBlock;
        }
        return ((block.Wide >> stop) & 1) == 0 ? blockStart + stop : NotAscii;
    }

    [MethodImpl(Jit.Inline)]
    private static int RunLength(ulong bits) => BitOperations.TrailingZeroCount(~bits);
#endif
}
