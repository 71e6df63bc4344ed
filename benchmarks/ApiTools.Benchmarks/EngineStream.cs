using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Benchmarks;

/// <summary>The engine, with an observer as a command has one.</summary>
internal sealed class EngineStream : IChatObserver, IStreamClient
{
    private readonly ApiConnection _connection;
    private readonly ChatClient _client;
    private readonly ChatCall _call = new()
    {
        Body = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray(),
        Model = "gpt-4o",
    };

    public EngineStream(Uri baseUri, bool wantsText, bool wantsChunks)
    {
        _connection = new ApiConnection(new ApiConnectionOptions { BaseUri = baseUri.ToString(), ApiKey = ApiKeys.FromText("bench") });
        _client = new ChatClient(_connection, TimeProvider.System);
        WantsText = wantsText;
        WantsChunks = wantsChunks;
    }

    public bool WantsText { get; }

    public bool WantsChunks { get; }

    public async Task ReadAsync() => await _client.SendAsync(_call, this, CancellationToken.None);

    public ValueTask TextAsync(string text) => ValueTask.CompletedTask;

    public ValueTask ChunkAsync(ChatCompletionChunk chunk) => ValueTask.CompletedTask;

    public ValueTask RestartingAsync(ApiException error) => ValueTask.CompletedTask;

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => ValueTask.CompletedTask;

    public ValueTask EndedAsync(RequestRecord record) => default;

    public void Dispose() => _connection.Dispose();
}
