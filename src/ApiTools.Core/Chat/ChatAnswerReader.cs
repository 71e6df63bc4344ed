using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Reads an answer of <c>/chat/completions</c> as what it is, a stream or a document, whatever was asked for and whatever it is labelled.</summary>
internal sealed class ChatAnswerReader(ApiAnswer answer, IChatObserver observer)
{
    /// <summary>Which try of the call this is, for its chunks; 1 for the first.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What the call came from, for its chunks.</summary>
    public object? Input { get; init; }

    /// <summary>Reads it to its end. The observer is given what comes as it comes.</summary>
    /// <exception cref="ApiException">It is no whole answer; PartialContent has what came of its text.</exception>
    public async Task<ChatCompletion> ReadAsync()
    {
        using AnswerBody body = await AnswerBody.OpenAsync(answer).ConfigureAwait(false);
        return await IsEventStreamAsync(body).ConfigureAwait(false)
            ? await new ChatStreamReader(answer, observer) { Attempt = Attempt, Input = Input }.ReadAsync(body.ToEvents()).ConfigureAwait(false)
            : await ReadWholeAsync(body).ConfigureAwait(false);
    }

    private async Task<bool> IsEventStreamAsync(AnswerBody body)
    {
        try
        {
            return await body.IsEventStreamAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (answer.IsEventStream && exception is IOException or HttpRequestException)
        {
            throw ApiErrors.StreamInterrupted($"The stream from '{answer.Address.Authority}' broke off before it began: the connection was lost.", exception);
        }
    }

    private async Task<ChatCompletion> ReadWholeAsync(AnswerBody body)
    {
        ReadOnlyMemory<byte> json = await body.ReadToEndAsync(ApiAnswer.MaximumBytes, cut: false).ConfigureAwait(false);
        ChatCompletionBuilder builder = new();
        Read(json.Span, builder);
        if (observer.WantsChunks)
        {
            await new ChatChunkGiver(observer) { Attempt = Attempt, Input = Input }.GiveAsync(builder).ConfigureAwait(false);
        }
        return builder.Build(answer.RequestId, answer.RateLimit);
    }

    private void Read(ReadOnlySpan<byte> body, ChatCompletionBuilder builder)
    {
        try
        {
            bool isAnswer = ChatPayloadReader.Read(Utf8Text.SkipMark(body), builder);
            if (!isAnswer || builder.EndedInError)
            {
                throw Failed(body, builder);
            }
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidResponse(DescribeUnreadable(body), answer.Preview(body), exception);
        }
        if (!builder.HasChoices)
        {
            throw ApiErrors.InvalidResponse($"'{answer.Address.Authority}' answered JSON that has no choices.", answer.Preview(body));
        }
    }

    // A finish of 'error' says that the service failed; where it says no more than that, it is the service's own error.
    private ApiException Failed(ReadOnlySpan<byte> body, ChatCompletionBuilder builder)
    {
        ApiFailure failure = answer.ReadFailure(body);
        if (builder.EndedInError && failure.Code == ApiErrorCatalog.CodeForStatus(answer.Status))
        {
            failure = failure with { Code = "internal_error" };
        }
        ApiException exception = ApiExceptionFactory.Create(failure);
        exception.PartialContent = builder.HasContent ? builder.ContentSoFar : null;
        return exception;
    }

    private string DescribeUnreadable(ReadOnlySpan<byte> body)
    {
        string start = answer.Preview(body).TrimStart();
        string what = start.Length == 0 ? "nothing"
            : start[0] == '<' ? "a web page (HTML)"
            : start[0] is '{' or '[' ? "JSON that is broken"
            : $"no JSON ({answer.MediaType ?? "no content type"}): {VisibleText.Line(start, 80)}";
        return $"'{answer.Address}' answered {what} where the API answers JSON.";
    }
}
