using System.Buffers;
using ApiTools.Errors;
using ApiTools.Streams;

namespace ApiTools.Http;

/// <summary>The body of an answer, in one rented buffer: as much of it is read as is needed to tell what it is, then it is read on as that.</summary>
internal sealed class AnswerBody : IDisposable
{
    private const int InitialLength = 16 << 10;

    private readonly ApiAnswer _answer;
    private readonly Stream _stream;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialLength);
    private int _length;

    private AnswerBody(ApiAnswer answer, Stream stream)
    {
        _answer = answer;
        _stream = stream;
    }

    /// <summary>Opens the body of an answer.</summary>
    public static async Task<AnswerBody> OpenAsync(ApiAnswer answer) => new(answer, await answer.OpenAsync().ConfigureAwait(false));

    /// <summary>
    /// Reads until it is clear whether this is an event stream. The bytes say it before the label does: services send streams as text/plain, and
    /// answer a request for a stream with JSON that is said to be one.
    /// </summary>
    public async Task<bool> IsEventStreamAsync()
    {
        bool? begins = null;
        while (begins is null && _length < _bytes.Length && await ReadSomeAsync(_bytes.Length - _length).ConfigureAwait(false))
        {
            begins = EventStreamStart.Begins(_bytes.AsSpan(0, _length));
        }
        return begins == true || (!EventStreamStart.BeginsDocument(_bytes.AsSpan(0, _length)) && _answer.IsEventStream);
    }

    /// <summary>Reads it on as an event stream, for as long as this is not disposed of.</summary>
    public EventStreamReader ToEvents() => new(_stream, _bytes, _length);

    /// <summary>Reads it to its end.</summary>
    /// <param name="maximumBytes">More than this is an error, or is left unread.</param>
    /// <param name="cut">True to return the beginning of a longer body instead of failing.</param>
    /// <returns>All of it, good until this is disposed of.</returns>
    /// <exception cref="ApiResponseException">response_too_large.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadToEndAsync(int maximumBytes, bool cut)
    {
        do
        {
            if (_length > maximumBytes)
            {
                return cut ? _bytes.AsMemory(0, maximumBytes) : throw ApiErrors.ResponseTooLarge(_answer.Address.Authority, maximumBytes);
            }
            MakeRoom();
        }
        while (await ReadSomeAsync(Math.Min(_bytes.Length, maximumBytes + 1) - _length).ConfigureAwait(false));
        return _bytes.AsMemory(0, _length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private async ValueTask<bool> ReadSomeAsync(int count)
    {
        int read = await _stream.ReadSomeAsync(_bytes, _length, count, _answer.Clock.Token).ConfigureAwait(false);
        if (read == 0)
        {
            return false;
        }
        _length += read;
        _answer.Clock.Touch();
        return true;
    }

    private void MakeRoom()
    {
        if (_length == _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            Buffer.BlockCopy(_bytes, 0, larger, 0, _length);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
