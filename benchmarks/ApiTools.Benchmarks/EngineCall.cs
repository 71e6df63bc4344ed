using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Benchmarks;

/// <summary>The same bytes sent by the engine, with what it adds: the retry, the time-outs, the completion read into an object.</summary>
internal sealed class EngineCall : IChatObserver, IDisposable
{
    private readonly ApiConnection _connection;
    private readonly ChatClient _client;
    private readonly ChatCall _call;

    public EngineCall(Uri baseUri, byte[] body)
    {
        _connection = new ApiConnection(new ApiConnectionOptions { BaseUri = baseUri.ToString(), ApiKey = ApiKeys.FromText("bench") });
        _client = new ChatClient(_connection, TimeProvider.System);
        _call = new ChatCall { Body = body, Model = "gpt-4o" };
    }

    public bool WantsText => false;

    public bool WantsChunks => false;

    public async Task SendAsync() => await _client.SendAsync(_call, this, CancellationToken.None);

    public ValueTask TextAsync(string text) => ValueTask.CompletedTask;

    public ValueTask ChunkAsync(ChatCompletionChunk chunk) => ValueTask.CompletedTask;

    public ValueTask RestartingAsync(ApiException error) => ValueTask.CompletedTask;

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => ValueTask.CompletedTask;

    public ValueTask EndedAsync(RequestRecord record) => default;

    public void Dispose() => _connection.Dispose();
}
