using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>Is told what happens while a call runs. Each method may make the call wait: that is the backpressure.</summary>
internal interface IChatObserver
{
    /// <summary>Whether text is wanted as it comes.</summary>
    bool WantsText { get; }

    /// <summary>Whether chunks are wanted as they come. An answer that comes whole is then given as one chunk a choice.</summary>
    bool WantsChunks { get; }

    /// <summary>New text of the first choice of a stream.</summary>
    ValueTask TextAsync(string text);

    /// <summary>A chunk: what is new of one choice.</summary>
    ValueTask ChunkAsync(ChatCompletionChunk chunk);

    /// <summary>A stream broke after its first content, and is asked for again from its beginning: what was given is void.</summary>
    ValueTask RestartingAsync(ApiException error);

    /// <summary>A wait before the next try: at its start, each second, and with zero left at its end.</summary>
    ValueTask WaitingAsync(RetryWait wait, TimeSpan left);

    /// <summary>A request ended, or was refused before it was sent. Never throws: what was answered is paid for, and is kept.</summary>
    ValueTask EndedAsync(RequestRecord record);
}
