using System.Buffers;
using System.Text;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>A service's answer whose status is a success and whose body is still to be read.</summary>
internal sealed class ApiAnswer : IDisposable
{
    /// <summary>The most of a body that is read, in bytes: 64 MB. The longest completion there is, is a few.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const int MaximumPreviewBytes = 65_536;

    private const int MaximumPreviewChars = 32_768;

    private const int InitialBytes = 16 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly AttemptClock _clock;
    private readonly ApiConnection _connection;
    private readonly TimeProvider _time;
    private readonly Lazy<Dictionary<string, string>> _headers;
    private AnswerHeaders? _read;

    public ApiAnswer(HttpResponseMessage response, AttemptClock clock, Uri address, ApiConnection connection, TimeProvider time)
    {
        _response = response;
        _clock = clock;
        _connection = connection;
        _time = time;
        _headers = new Lazy<Dictionary<string, string>>(() => HeaderValues.Collect(response));
        Address = address;
    }

    public Uri Address { get; }

    public int Status => (int)_response.StatusCode;

    public AnswerHeaders Headers => _read ??= new AnswerHeaders(_headers.Value);

    /// <summary>The service's name for the request.</summary>
    public string? RequestId => Headers.RequestId;

    /// <summary>What is left of the limits; null where no header says it.</summary>
    public ApiRateLimit? RateLimit => RateLimitHeaders.Read(Headers, _time.GetUtcNow());

    public string? MediaType => _response.Content?.Headers.ContentType?.MediaType;

    public bool IsEventStream => string.Equals(MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public AttemptClock Clock => _clock;

    /// <summary>What went wrong, of a body (or of a chunk) that is an error.</summary>
    public ApiFailure ReadFailure(byte[] body) => ApiErrorReader.Read(Status, body, MediaType, _headers.Value, _time, _connection.KeyText);

    /// <summary>The beginning of a body that is no answer, without keys, as an error keeps it.</summary>
    public string Preview(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, MaximumPreviewBytes));
        return BoundedText.Cut(Redactor.Redact(text, _connection.KeyText), MaximumPreviewChars);
    }

    /// <summary>The body as it comes.</summary>
    public async Task<Stream> OpenAsync()
    {
        _clock.Touch();
#if NET8_0_OR_GREATER
        return await _response.Content.ReadAsStreamAsync(_clock.Token).ConfigureAwait(false);
#else
        return await _response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
    }

    /// <summary>The whole body.</summary>
    /// <param name="maximumBytes">More than this is an error, or is left unread.</param>
    /// <param name="cut">True to return the beginning of a longer body instead of failing.</param>
    /// <exception cref="ApiResponseException">response_too_large.</exception>
    public async Task<byte[]> ReadAllAsync(int maximumBytes, bool cut)
    {
        using Stream stream = await OpenAsync().ConfigureAwait(false);
        return await ReadAllAsync(stream, [], 0, maximumBytes, cut).ConfigureAwait(false);
    }

    /// <summary>The whole of a body whose first bytes have been read.</summary>
    /// <param name="stream">The rest.</param>
    /// <param name="begun">What has been read.</param>
    /// <param name="begunLength">How much of that counts.</param>
    /// <param name="maximumBytes">More than this is an error, or is left unread.</param>
    /// <param name="cut">True to return the beginning of a longer body instead of failing.</param>
    /// <exception cref="ApiResponseException">response_too_large.</exception>
    public async Task<byte[]> ReadAllAsync(Stream stream, byte[] begun, int begunLength, int maximumBytes, bool cut)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(begunLength + 1, InitialBytes));
        try
        {
            Buffer.BlockCopy(begun, 0, buffer, 0, begunLength);
            int length = begunLength;
            while (true)
            {
                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    Buffer.BlockCopy(buffer, 0, larger, 0, length);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                int room = Math.Min(buffer.Length, maximumBytes + 1) - length;
                if (room <= 0)
                {
                    return cut ? buffer.AsSpan(0, maximumBytes).ToArray() : throw ApiErrors.ResponseTooLarge(Address.Authority, maximumBytes);
                }
                int read = await stream.ReadSomeAsync(buffer, length, room, _clock.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer.AsSpan(0, length).ToArray();
                }
                length += read;
                _clock.Touch();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _response.Dispose();
}
