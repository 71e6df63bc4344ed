using System.Text;
using ApiTools.Streams;
using ApiTools.Text;

namespace ApiTools.Tokens;

/// <summary>
/// The page's estimate of how many tokens a text is (Errors and Debugging, tip 3), to the letter: code points U+4E00 to U+9FFF count one
/// each, all others four to a token, rounded down once for the whole text.
/// </summary>
internal static class TokenEstimator
{
    private const int ChunkBytes = 65_536;

    /// <summary>The estimate of a text, in tokens.</summary>
    public static long Estimate(ReadOnlySpan<char> text) => Tally(text).Tokens;

    /// <summary>The estimate of a text, with its length.</summary>
    public static TokenTally Tally(ReadOnlySpan<char> text)
    {
        TokenTally tally = default;
        tally.Add(text);
        return tally;
    }

    /// <summary>
    /// The estimate of a file's text, read piece by piece: UTF-8, or UTF-16 where it begins with a byte order mark. The mark is not counted.
    /// </summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8, and there is no mark of UTF-16.</exception>
    /// <exception cref="InvalidDataException">There is a NUL character: the file is binary, or in an encoding that cannot be told.</exception>
    public static async Task<TokenTally> TallyAsync(Stream stream, CancellationToken cancellationToken)
    {
        TokenTally tally = default;
        byte[] bytes = new byte[ChunkBytes];
        int count = await FillAsync(stream, bytes, cancellationToken).ConfigureAwait(false);
        (Encoding encoding, int mark) = Detect(bytes, count);
        Decoder decoder = encoding.GetDecoder();
        char[] chars = new char[encoding.GetMaxCharCount(ChunkBytes)];
        int start = mark;
        while (true)
        {
            // The decoder keeps back a character whose bytes go on in the next piece.
            bool last = count < ChunkBytes;
            int length = decoder.GetChars(bytes, start, count - start, chars, 0, last);
            if (Array.IndexOf(chars, '\0', 0, length) >= 0)
            {
                throw new InvalidDataException("There is a NUL character in it.");
            }
            tally.Add(chars.AsSpan(0, length));
            if (last)
            {
                return tally;
            }
            count = await FillAsync(stream, bytes, cancellationToken).ConfigureAwait(false);
            start = 0;
        }
    }

    private static (Encoding Encoding, int MarkLength) Detect(byte[] bytes, int count)
    {
        if (bytes.AsSpan(0, count).StartsWith(Utf8Text.ByteOrderMark))
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true), Utf8Text.ByteOrderMark.Length);
        }
        if (count >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
        {
            return (new UnicodeEncoding(bigEndian: false, byteOrderMark: true), 2);
        }
        if (count >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
        {
            return (new UnicodeEncoding(bigEndian: true, byteOrderMark: true), 2);
        }
        return (new UTF8Encoding(false, throwOnInvalidBytes: true), 0);
    }

    // Fills the whole buffer unless the stream ends first.
    private static async Task<int> FillAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        int count = 0;
        while (count < buffer.Length)
        {
            int read = await stream.ReadSomeAsync(buffer, count, buffer.Length - count, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }
            count += read;
        }
        return count;
    }
}
