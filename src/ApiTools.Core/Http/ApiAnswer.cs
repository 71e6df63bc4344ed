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

    private readonly HttpResponseMessage _response;
    private readonly AttemptClock _clock;
    private readonly ApiConnection _connection;
    private readonly TimeProvider _time;
    private ApiRateLimit? _rateLimit;
    private bool _rateLimitIsRead;

    public ApiAnswer(HttpResponseMessage response, AttemptClock clock, Uri address, ApiConnection connection, TimeProvider time)
    {
        _response = response;
        _clock = clock;
        _connection = connection;
        _time = time;
        Address = address;
        Headers = new AnswerHeaders(name => HeaderValues.Find(response, name));
    }

    public Uri Address { get; }

    public int Status => (int)_response.StatusCode;

    public AnswerHeaders Headers { get; }

    /// <summary>The service's name for the request.</summary>
    public string? RequestId => Headers.RequestId;

    /// <summary>What is left of the limits; null where no header says it.</summary>
    public ApiRateLimit? RateLimit
    {
        get
        {
            if (!_rateLimitIsRead)
            {
                _rateLimit = RateLimitHeaders.Read(Headers, _time.GetUtcNow());
                _rateLimitIsRead = true;
            }
            return _rateLimit;
        }
    }

    public string? MediaType => _response.Content?.Headers.ContentType?.MediaType;

    public bool IsEventStream => string.Equals(MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public AttemptClock Clock => _clock;

    /// <summary>Waits for who reads what came; that is neither the service's time nor a reason to let no other call begin.</summary>
    public async ValueTask WaitForReaderAsync(ValueTask reader)
    {
        _clock.Pause();
        _connection.Gate.Pause();
        try
        {
            await reader.ConfigureAwait(false);
        }
        finally
        {
            _connection.Gate.Resume();
        }
    }

    /// <summary>What went wrong, of a body (or of a chunk) that is an error.</summary>
    public ApiFailure ReadFailure(ReadOnlySpan<byte> body) => ApiErrorReader.Read(Status, body, MediaType, HeaderValues.Collect(_response), _time, _connection.KeyText);

    /// <summary>The beginning of a body that is no answer, without keys, as an error keeps it.</summary>
    public string Preview(ReadOnlySpan<byte> body)
    {
        string text = Utf8Text.Read(body.Slice(0, Math.Min(body.Length, MaximumPreviewBytes)));
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
        using AnswerBody body = await AnswerBody.OpenAsync(this).ConfigureAwait(false);
        return (await body.ReadToEndAsync(maximumBytes, cut).ConfigureAwait(false)).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _response.Dispose();
}
