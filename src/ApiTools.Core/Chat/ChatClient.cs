using ApiTools.Http;

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
        ChatAttempts attempts = new(call, observer, connection, _transport);
        try
        {
            await CheckHeadersAsync(call, attempts).ConfigureAwait(false);
            RetryPolicy policy = call.RestartStream ? call.Retry with { RestartStream = true } : call.Retry;
            RetryResult<ChatCompletion> result =
                await new RetryRunner(policy, connection.Gate, time).RunAsync(call.Models, attempts, cancellationToken).ConfigureAwait(false);
            ChatCompletion completion = result.Value;
            completion.AttemptHistory = result.History;
            completion.Duration = result.Duration;
            completion.Input = call.Input;
            return completion;
        }
        catch (ApiException exception)
        {
            exception.RequestBody = attempts.Body;
            exception.Schema = call.Schema?.Text;
            exception.NextCommand = NextCommands.WithSchema(NextCommands.For(exception, connection, call) ?? exception.NextCommand, call);
            throw;
        }
    }

    /// <summary>Has it recorded that a request was refused before it was sent.</summary>
    public Task RefuseAsync(ChatCall call, IChatObserver observer, ApiException error) =>
        new ChatAttempts(call, observer, connection, _transport).RefusedAsync(error).AsTask();

    private static async ValueTask CheckHeadersAsync(ChatCall call, ChatAttempts attempts)
    {
        try
        {
            RequestHeaders.Check(call.Headers);
        }
        catch (ApiException exception)
        {
            await attempts.RefusedAsync(exception).ConfigureAwait(false);
            throw;
        }
    }
}
