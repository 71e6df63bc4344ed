namespace ApiTools.Http;

/// <summary>A body of which the first bytes have been read: enough to tell what it is. Then it is read on as that.</summary>
internal sealed class BodyStart : IDisposable
{
    private const int InitialLength = 16 << 10;

    private readonly ApiAnswer _answer;
    private readonly Stream _stream;
    private readonly byte[] _bytes = new byte[InitialLength];
    private int _length;

    private BodyStart(ApiAnswer answer, Stream stream)
    {
        _answer = answer;
        _stream = stream;
    }

    /// <summary>
    /// Whether it is an event stream. Its bytes say it before its label does: services send streams as text/plain, and answer a request for a
    /// stream with JSON that is said to be one.
    /// </summary>
    public bool IsEventStream { get; private set; }

    /// <summary>Opens a body and reads until it is clear what it is.</summary>
    public static async Task<BodyStart> ReadAsync(ApiAnswer answer)
    {
        BodyStart start = new(answer, await answer.OpenAsync().ConfigureAwait(false));
        try
        {
            await start.ReadOnAsync().ConfigureAwait(false);
            return start;
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    /// <summary>Reads it on as an event stream.</summary>
    public EventStreamReader ToEvents() => new(_stream, _bytes, _length);

    /// <summary>Reads the whole of it.</summary>
    public Task<byte[]> ToEndAsync(int maximumBytes) => _answer.ReadAllAsync(_stream, _bytes, _length, maximumBytes, cut: false);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private async Task ReadOnAsync()
    {
        bool? isStream = null;
        while (isStream is null && _length < _bytes.Length)
        {
            int read = await _stream.ReadSomeAsync(_bytes, _length, _bytes.Length - _length, _answer.Clock.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }
            _length += read;
            isStream = EventStreamStart.Begins(_bytes.AsSpan(0, _length));
        }
        IsEventStream = isStream == true || (_answer.IsEventStream && !EventStreamStart.BeginsDocument(_bytes.AsSpan(0, _length)));
    }
}
