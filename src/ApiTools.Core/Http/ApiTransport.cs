using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Sends one attempt over a connection: whatever goes wrong comes back as a typed error.</summary>
internal sealed class ApiTransport(ApiConnection connection, TimeProvider time)
{
    // Of an error's body more than this is never read.
    private const int MaximumErrorBytes = 1024 * 1024;

    private static readonly string Product = "ApiTools/" + typeof(ApiTransport).Assembly.GetName().Version?.ToString(3);

    public TimeProvider Time => time;

    /// <summary>Sends a request and hands its successful answer to <paramref name="read"/>.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="limits">The attempt's time-outs.</param>
    /// <param name="read">Reads the answer, within the same time-outs.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiException">Any failure.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(
        ApiRequest request, AttemptLimits limits, Func<ApiAnswer, Task<T>> read, CancellationToken cancellationToken)
    {
        using AttemptClock clock = new(limits, time, cancellationToken);
        try
        {
            using HttpRequestMessage message = CreateMessage(request);
            using HttpResponseMessage response =
                await connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, clock.Token).ConfigureAwait(false);
            using ApiAnswer answer = new(response, clock, message.RequestUri!, connection, time);
            try
            {
                return response.IsSuccessStatusCode ? await read(answer).ConfigureAwait(false) : throw await ReadErrorAsync(answer).ConfigureAwait(false);
            }
            catch (ApiException exception)
            {
                new FailureContext(connection, time.GetLocalNow(), ReportedHeaders.Of(response, connection.KeyText)).Keep(exception);
                throw;
            }
        }
        catch (ApiException)
        {
            throw;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ApiException failure = clock.Failure(connection.BaseUri) ?? TransportErrors.Map(exception, connection.BaseUri);
            new FailureContext(connection, time.GetLocalNow(), []).Keep(failure);
            throw failure;
        }
    }

    private HttpRequestMessage CreateMessage(ApiRequest request)
    {
        HttpRequestMessage message = new(request.Method, connection.Endpoint(request.Path));
        connection.Authorize(message);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }
        RequestHeaders.Add(message, request.Headers);
        if (request.Headers.Count == 0 || !message.Headers.Contains("User-Agent"))
        {
            message.Headers.TryAddWithoutValidation("User-Agent", Product);
        }
        return message;
    }

    private async Task<ApiException> ReadErrorAsync(ApiAnswer answer)
    {
        if (answer.Status is >= 300 and < 400)
        {
            return Redirected(answer);
        }
        byte[] body;
        try
        {
            body = await answer.ReadAllAsync(MaximumErrorBytes, cut: true).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status has come, and says more than the broken body.
            body = [];
        }
        return ApiExceptionFactory.Create(Explain(answer.ReadFailure(body)));
    }

    // A 404 for a path of the API most often means that the base address lacks its version.
    private ApiFailure Explain(ApiFailure failure)
    {
        if (failure.Status == 407)
        {
            return failure with { NextCommand = $"Connect-ApiService -BaseUri {connection.BaseUri.AbsoluteUri.TrimEnd('/')} -Proxy http://name:password@proxy:8080" };
        }
        if (failure.Status != 404 || failure.Code is not ("http_404" or "unknown_url") || BaseAddress.WithVersion(connection.BaseUri) is not Uri better)
        {
            return failure;
        }
        return failure with
        {
            Message = $"There is no chat API at '{connection.BaseUri.AbsoluteUri.TrimEnd('/')}': most services have it under /v1, and this address lacks it. The service said: {failure.Message}",
            NextCommand = $"Connect-ApiService -BaseUri {better}",
        };
    }

    private static ApiException Redirected(ApiAnswer answer)
    {
        string? location = answer.Headers["Location"];
        string where = location ?? "another address";
        string? next = location is not null && Uri.TryCreate(answer.Address, location, out Uri? target) && target.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? $"Connect-ApiService -BaseUri {BaseAddress.Parse(target.GetLeftPart(UriPartial.Path))}"
            : null;
        return ApiExceptionFactory.Create(new ApiFailure
        {
            Code = ApiErrorCatalog.CodeForStatus(answer.Status),
            Status = answer.Status,
            Message = $"'{answer.Address.Authority}' sends callers to {where}. A redirect is not followed, so that the key stays with the host it was given for.",
            NextCommand = next,
        });
    }
}
