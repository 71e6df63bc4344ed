using System.Text;
using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Chat;

/// <summary>Keeps what it is told.</summary>
internal sealed class ChatObserver : IChatObserver
{
    public StringBuilder Text { get; } = new();

    public List<RetryWait> Waits { get; } = [];

    public List<ChatCompletionChunk> Chunks { get; } = [];

    /// <summary>The requests, as they ended.</summary>
    public List<RequestRecord> Records { get; } = [];

    public bool WantsText => true;

    public bool WantsChunks { get; init; }

    public ValueTask ChunkAsync(ChatCompletionChunk chunk)
    {
        Chunks.Add(chunk);
        return default;
    }

    public ValueTask TextAsync(string text)
    {
        Text.Append(text);
        return default;
    }

    public ValueTask RestartingAsync(ApiException error)
    {
        Text.Append("<again>");
        return default;
    }

    public ValueTask WaitingAsync(RetryWait wait, TimeSpan left)
    {
        Waits.Add(wait);
        return default;
    }

    public ValueTask EndedAsync(RequestRecord record)
    {
        Records.Add(record);
        return default;
    }
}
