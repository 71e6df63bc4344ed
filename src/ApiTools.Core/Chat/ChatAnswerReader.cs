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
        using BodyStart body = await StartAsync().ConfigureAwait(false);
        return body.IsEventStream
            ? await new ChatStreamReader(answer, observer) { Attempt = Attempt, Input = Input }.ReadAsync(body).ConfigureAwait(false)
            : await ReadWholeAsync(body).ConfigureAwait(false);
    }

    private async Task<BodyStart> StartAsync()
    {
        try
        {
            return await BodyStart.ReadAsync(answer).ConfigureAwait(false);
        }
        catch (Exception exception) when (answer.IsEventStream && exception is IOException or HttpRequestException)
        {
            throw ApiErrors.StreamInterrupted($"The stream from '{answer.Address.Authority}' broke off before it began: the connection was lost.", exception);
        }
    }

    private async Task<ChatCompletion> ReadWholeAsync(BodyStart start)
    {
        byte[] body = await start.ToEndAsync(ApiAnswer.MaximumBytes).ConfigureAwait(false);
        ChatCompletionBuilder builder = new();
        ReadBody(body, builder);
        if (observer.WantsChunks)
        {
            await new ChatChunkGiver(observer) { Attempt = Attempt, Input = Input }.GiveAsync(builder).ConfigureAwait(false);
        }
        return builder.Build(answer.RequestId, answer.RateLimit);
    }

    private void ReadBody(byte[] body, ChatCompletionBuilder builder)
    {
        try
        {
            bool isAnswer = ChatPayloadReader.Read(EventStreamStart.SkipByteOrderMark(body), builder);
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
    private ApiException Failed(byte[] body, ChatCompletionBuilder builder)
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

    private string DescribeUnreadable(byte[] body)
    {
        string start = answer.Preview(body).TrimStart();
        string what = start.Length == 0 ? "nothing"
            : start[0] == '<' ? "a web page (HTML)"
            : start[0] is '{' or '[' ? "JSON that is broken"
            : $"no JSON ({answer.MediaType ?? "no content type"}): {VisibleText.Line(start, 80)}";
        return $"'{answer.Address}' answered {what} where the API answers JSON.";
    }
}
