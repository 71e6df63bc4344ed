using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Sends chats over a connection: each call to the end, with its retries, plain or as a stream.</summary>
internal sealed class ChatClient(ApiConnection connection, TimeProvider time)
{
    private readonly ApiTransport _transport = new(connection, time);

    /// <summary>Sends a request and returns its completion, whole.</summary>
    /// <exception cref="ApiException">Any failure; never half an answer.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ChatCompletion> SendAsync(ChatCall call, IChatObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            RetryResult<ChatCompletion> result = await new RetryRunner(call.Retry, time)
                .RunAsync(
                    call.Model,
                    () => _transport.SendAsync(
                        HttpMethod.Post, "/chat/completions", call.Body, call.Limits, answer => ReadAsync(answer, observer), cancellationToken),
                    observer.WaitingAsync,
                    cancellationToken)
                .ConfigureAwait(false);
            ChatCompletion completion = result.Value;
            completion.AttemptHistory = result.History;
            completion.Duration = result.Duration;
            completion.Input = call.Input;
            return completion;
        }
        catch (ApiException exception)
        {
            exception.RequestBody = call.Body;
            exception.NextCommand = NextCommands.For(exception, connection, call) ?? exception.NextCommand;
            throw;
        }
    }

    // A service may answer a stream request with plain JSON, and the other way round: what it says it sent is what is read.
    private static async Task<ChatCompletion> ReadAsync(ApiAnswer answer, IChatObserver observer) => answer.IsEventStream
        ? await new ChatStreamReader(answer, observer).ReadAsync().ConfigureAwait(false)
        : await ReadWholeAsync(answer).ConfigureAwait(false);

    private static async Task<ChatCompletion> ReadWholeAsync(ApiAnswer answer)
    {
        byte[] body = await answer.ReadAllAsync(ApiAnswer.MaximumBytes, cut: false).ConfigureAwait(false);
        ChatCompletionBuilder builder = new();
        try
        {
            if (!ChatPayloadReader.Read(body, builder))
            {
                throw ApiExceptionFactory.Create(answer.ReadFailure(body));
            }
        }
        catch (JsonException exception)
        {
            throw ApiErrors.InvalidResponse(DescribeUnreadable(answer, body), answer.Preview(body), exception);
        }
        if (!builder.HasChoices)
        {
            throw ApiErrors.InvalidResponse($"'{answer.Address.Authority}' answered JSON that has no choices.", answer.Preview(body));
        }
        return builder.Build(answer.RequestId, answer.RateLimit);
    }

    private static string DescribeUnreadable(ApiAnswer answer, byte[] body)
    {
        string start = answer.Preview(body).TrimStart();
        string what = start.Length == 0 ? "nothing"
            : start[0] == '<' ? "a web page (HTML)"
            : start[0] is '{' or '[' ? "JSON that is broken"
            : $"no JSON ({answer.MediaType ?? "no content type"}): {VisibleText.Line(start, 80)}";
        return $"'{answer.Address}' answered {what} where the API answers JSON.";
    }
}
