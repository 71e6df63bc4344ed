using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>
/// Reads a streamed answer to its end. An end is a finish reason for each choice; a stream without one is never a success, whatever its
/// last line says.
/// </summary>
internal sealed class ChatStreamReader(ApiAnswer answer, IChatObserver observer)
{
    private readonly ChatCompletionBuilder _builder = new();
    private int _shown;

    /// <summary>Reads all chunks; text goes to the observer as it comes.</summary>
    /// <exception cref="ApiException">It broke off, or carried an error; PartialContent has what came.</exception>
    public async Task<ChatCompletion> ReadAsync()
    {
        try
        {
            await ReadChunksAsync().ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            throw WithPartialContent(exception);
        }
        catch (OperationCanceledException exception) when (answer.Clock.Failure(answer.Address) is ApiException late)
        {
            _ = exception;
            throw WithPartialContent(late);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw WithPartialContent(ApiErrors.StreamInterrupted($"The stream from '{answer.Address.Authority}' broke off: the connection was lost.", exception));
        }
        if (!_builder.IsFinished)
        {
            throw WithPartialContent(ApiErrors.StreamInterrupted($"The stream from '{answer.Address.Authority}' ended before the answer did."));
        }
        return _builder.Build(answer.RequestId, answer.RateLimit);
    }

    private async Task ReadChunksAsync()
    {
        using Stream stream = await answer.OpenAsync().ConfigureAwait(false);
        EventStreamReader events = new(stream);
        while (true)
        {
            EventStreamStep step = await events.ReadAsync(answer.Clock.Token).ConfigureAwait(false);
            if (step == EventStreamStep.End)
            {
                return;
            }
            if (step == EventStreamStep.KeepAlive)
            {
                // Comments are no life: the clock runs on, so that a stalled stream ends.
                continue;
            }
            answer.Clock.Touch();
            if (step == EventStreamStep.Event)
            {
                if (events.Data.Span.SequenceEqual("[DONE]"u8))
                {
                    return;
                }
                ReadChunk(events.Data);
                await ShowNewTextAsync().ConfigureAwait(false);
            }
        }
    }

    private void ReadChunk(ReadOnlyMemory<byte> data)
    {
        bool isAnswer;
        try
        {
            isAnswer = ChatPayloadReader.Read(data.Span, _builder);
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidResponse($"'{answer.Address.Authority}' sent a chunk that is no JSON, in the middle of its stream.", cause: exception);
        }
        if (!isAnswer)
        {
            throw ApiExceptionFactory.Create(answer.ReadFailure(data.ToArray()));
        }
    }

    private async ValueTask ShowNewTextAsync()
    {
        if (!observer.WantsText || !_builder.HasChoices)
        {
            return;
        }
        string? fresh = _builder.TextSince(ref _shown);
        if (fresh is not null)
        {
            await observer.TextAsync(fresh).ConfigureAwait(false);
        }
    }

    private ApiException WithPartialContent(ApiException exception)
    {
        exception.PartialContent = _builder.HasContent ? _builder.ContentSoFar : null;
        return exception;
    }
}
