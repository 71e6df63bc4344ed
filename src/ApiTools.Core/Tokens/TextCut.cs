namespace ApiTools.Tokens;

/// <summary>
/// A text cut to a number of tokens. The cut is where one of the text's own tokens ends; where that is within a code point (a UTF-8 sequence), the code
/// point is left out. A letter and its combining mark, or the parts of an emoji, can come apart. What is kept may, for itself, be other tokens
/// than it was in the text, for what follows decides where a pre-token ends: so it is counted again, and cut shorter until it fits.
/// </summary>
internal static class TextCut
{
    /// <summary>The length in bytes of the text's beginning that is at most <paramref name="tokens"/> tokens.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="utf8">The text, well-formed UTF-8.</param>
    /// <param name="tokens">0 or more.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public static int First(TokenEncoding encoding, ReadOnlySpan<byte> utf8, int tokens, bool allowSpecial)
    {
        int[] ends = TokenEnds(encoding, utf8, allowSpecial);
        int kept = Math.Min(tokens, ends.Length - 1);
        while (true)
        {
            int length = Utf8Sequence.BoundaryBefore(utf8, ends[kept]);
            long over = encoding.Count(utf8.Slice(0, length), allowSpecial) - tokens;
            if (over <= 0)
            {
                return length;
            }
            kept = (int)Math.Max(0, kept - over);
        }
    }

    /// <summary>Where, in bytes from its begin, the text's end begins that is at most <paramref name="tokens"/> tokens.</summary>
    /// <inheritdoc cref="First"/>
    public static int Last(TokenEncoding encoding, ReadOnlySpan<byte> utf8, int tokens, bool allowSpecial)
    {
        int[] ends = TokenEnds(encoding, utf8, allowSpecial);
        int dropped = Math.Max(0, ends.Length - 1 - tokens);
        while (true)
        {
            int start = Utf8Sequence.BoundaryAfter(utf8, ends[dropped]);
            long over = encoding.Count(utf8.Slice(start), allowSpecial) - tokens;
            if (over <= 0)
            {
                return start;
            }
            dropped = (int)Math.Min(ends.Length - 1, dropped + over);
        }
    }

    /// <summary>Where the first n tokens end, for each n from 0.</summary>
    private static int[] TokenEnds(TokenEncoding encoding, ReadOnlySpan<byte> utf8, bool allowSpecial)
    {
        List<int> ids = [];
        encoding.Encode(utf8, ids, allowSpecial);
        int[] ends = new int[ids.Count + 1];
        for (int i = 0; i < ids.Count; i++)
        {
            _ = encoding.TryGetBytes(ids[i], out ReadOnlySpan<byte> bytes);
            ends[i + 1] = ends[i] + bytes.Length;
        }
        return ends;
    }
}
