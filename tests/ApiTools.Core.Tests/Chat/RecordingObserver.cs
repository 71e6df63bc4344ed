using System.Text;
using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Chat;

/// <summary>Keeps what it is given.</summary>
internal sealed class RecordingObserver(bool wantsText = false, bool wantsChunks = false) : IChatObserver
{
    public StringBuilder Text { get; } = new();

    public List<ChatCompletionChunk> Chunks { get; } = [];

    public bool WantsText => wantsText;

    public bool WantsChunks => wantsChunks;

    public ValueTask TextAsync(string text)
    {
        Text.Append(text);
        return default;
    }

    public ValueTask ChunkAsync(ChatCompletionChunk chunk)
    {
        Chunks.Add(chunk);
        return default;
    }

    public ValueTask RestartingAsync(ApiException error) => default;

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => default;

    public ValueTask EndedAsync(RequestRecord record) => default;
}
