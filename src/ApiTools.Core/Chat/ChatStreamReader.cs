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
    // A thousand times the longest answer there is, with twenty logprobs a token.
    private const long MaximumBytes = 512L * 1024 * 1024;

    private readonly ChatCompletionBuilder _builder = new();
    private readonly ChunkTemplate _template = new();
    private readonly ChatChunkGiver _giver = new(observer);

    /// <summary>Which try of the call this is, for its chunks.</summary>
    public int Attempt { get => _giver.Attempt; init => _giver.Attempt = value; }

    /// <summary>What the call came from, for its chunks.</summary>
    public object? Input { get => _giver.Input; init => _giver.Input = value; }

    /// <summary>Reads all chunks; they, or their text, go to the observer as they come.</summary>
    /// <exception cref="ApiException">It broke off, or carried an error; PartialContent has what came.</exception>
    public async Task<ChatCompletion> ReadAsync(EventStreamReader events)
    {
        try
        {
            await ReadEventsAsync(events).ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            throw WithPartialContent(exception);
        }
        catch (OperationCanceledException) when (answer.Clock.Failure(answer.Address) is ApiException late)
        {
            throw WithPartialContent(late);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw WithPartialContent(Interrupted("broke off: the connection was lost", exception));
        }
        if (!_builder.IsFinished)
        {
            throw WithPartialContent(Interrupted("ended before the answer did"));
        }
        return _builder.Build(answer.RequestId, answer.RateLimit);
    }

    private async Task ReadEventsAsync(EventStreamReader events)
    {
        long seen = 0;
        while (true)
        {
            EventStreamStep step = await events.ReadAsync(answer.Clock.Token).ConfigureAwait(false);
            if (step == EventStreamStep.End)
            {
                return;
            }
            if (events.BytesRead != seen)
            {
                seen = events.BytesRead;
                if (seen > MaximumBytes)
                {
                    throw ApiErrors.ResponseTooLarge(answer.Address.Authority, MaximumBytes);
                }
                // Comments are no life: the clock runs on, so that a stalled stream ends.
                if (step != EventStreamStep.KeepAlive)
                {
                    answer.Clock.Touch();
                }
            }
            if (step == EventStreamStep.Event)
            {
                if (events.Data.Span.SequenceEqual("[DONE]"u8))
                {
                    return;
                }
                ReadEvent(events);
                if (_giver.IsWanted)
                {
                    await GiveAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private void ReadEvent(EventStreamReader events)
    {
        ReadOnlySpan<byte> data = events.Data.Span;
        if (events.EventType == "error")
        {
            throw Failed(data);
        }
        bool isAnswer;
        try
        {
            isAnswer = ChatPayloadReader.ReadChunk(data, _builder, _template);
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidResponse(
                $"'{answer.Address.Authority}' sent a chunk that is no JSON, in the middle of its stream.", answer.Preview(data), exception);
        }
        if (!isAnswer)
        {
            throw Failed(data);
        }
        if (_builder.EndedInError)
        {
            throw Interrupted("ended in an error, of which the service says nothing more (finish_reason 'error')");
        }
    }

    // One who takes long over it takes nothing from the service's time.
    private async ValueTask GiveAsync()
    {
        ValueTask given = _giver.GiveAsync(_builder);
        if (given.IsCompleted)
        {
            await given.ConfigureAwait(false);
        }
        else
        {
            await answer.WaitForReaderAsync(given).ConfigureAwait(false);
        }
        answer.Clock.Touch();
    }

    // An error that has no code of its own is what ended the stream.
    private ApiException Failed(ReadOnlySpan<byte> data)
    {
        ApiFailure failure = answer.ReadFailure(data);
        return ApiExceptionFactory.Create(failure.Code == ApiErrorCatalog.CodeForStatus(answer.Status) ? failure with { Code = "stream_interrupted" } : failure);
    }

    private ApiException Interrupted(string how, Exception? cause = null) =>
        ApiErrors.StreamInterrupted($"The stream from '{answer.Address.Authority}' {how}.", cause);

    private ApiException WithPartialContent(ApiException exception)
    {
        exception.PartialContent = _builder.HasContent ? _builder.ContentSoFar : null;
        return exception;
    }
}
