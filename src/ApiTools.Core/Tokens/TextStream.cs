using System.Buffers;
using System.Text;
using ApiTools.Streams;
using ApiTools.Text;

namespace ApiTools.Tokens;

/// <summary>
/// A file's text as UTF-8, piece by piece, so that its size does not matter: UTF-8, or UTF-16 where it begins with a byte order mark. The mark is no
/// part of the text, and no character is split between two pieces.
/// </summary>
internal sealed class TextStream(Stream stream) : IDisposable
{
    private const int ChunkBytes = 262_144;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private Decoder? _utf16;
    private char[] _chars = [];
    private byte[] _converted = [];
    private int _keptStart;
    private int _kept;
    private bool _isBegun;
    private bool _isEnded;

    /// <summary>The next piece, which is good until the next call; an empty one at the end.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8, and there is no mark of UTF-16.</exception>
    /// <exception cref="InvalidDataException">There is a NUL character: the file is binary, or in an encoding that cannot be told.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (!_isEnded)
        {
            int count = await FillAsync(cancellationToken).ConfigureAwait(false);
            int start = _isBegun ? 0 : Begin(count);
            _isBegun = true;
            ReadOnlyMemory<byte> piece = _utf16 is null ? TakeUtf8(start, count) : Convert(start, count);
            if (piece.Span.IndexOf((byte)0) >= 0)
            {
                throw new InvalidDataException("There is a NUL character in it.");
            }
            if (!piece.IsEmpty)
            {
                return piece;
            }
        }
        return default;
    }

    /// <summary>Gives the buffer back; the stream stays open.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    // Fills the whole buffer behind what is kept, unless the stream ends first.
    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        int count = _kept;
        Buffer.BlockCopy(_bytes, _keptStart, _bytes, 0, count);
        _kept = 0;
        while (count < ChunkBytes)
        {
            int read = await stream.ReadSomeAsync(_bytes, count, ChunkBytes - count, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                _isEnded = true;
                break;
            }
            count += read;
        }
        return count;
    }

    // The length of the mark.
    private int Begin(int count)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, count);
        if (bytes.StartsWith(Utf8Text.ByteOrderMark))
        {
            return Utf8Text.ByteOrderMark.Length;
        }
        bool isLittle = count >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe;
        bool isBig = count >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff;
        if (!isLittle && !isBig)
        {
            return 0;
        }
        _utf16 = new UnicodeEncoding(isBig, byteOrderMark: true).GetDecoder();
        _chars = new char[(ChunkBytes / 2) + 1];
        _converted = new byte[Encoding.UTF8.GetMaxByteCount(_chars.Length)];
        return 2;
    }

    private ReadOnlyMemory<byte> TakeUtf8(int start, int count)
    {
        // A character that goes on in the next piece is kept for it.
        int end = _isEnded ? count : start + Utf8Sequence.WholeLength(_bytes.AsSpan(start, count - start));
        // Throws where it is no UTF-8.
        _ = Strict.GetCharCount(_bytes, start, end - start);
        (_keptStart, _kept) = (end, count - end);
        return _bytes.AsMemory(start, end - start);
    }

    // The decoder keeps back a character whose bytes go on in the next piece. Half a surrogate pair becomes U+FFFD.
    private ReadOnlyMemory<byte> Convert(int start, int count)
    {
        int length = _utf16!.GetChars(_bytes, start, count - start, _chars, 0, _isEnded);
        return _converted.AsMemory(0, Encoding.UTF8.GetBytes(_chars, 0, length, _converted, 0));
    }
}
