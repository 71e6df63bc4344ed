namespace ApiTools.Chat;

/// <summary>Gives an observer what is new of an answer, in the form that it wants.</summary>
internal sealed class ChatChunkGiver(IChatObserver observer)
{
    /// <summary>Which try of the call the chunks come from; 1 for the first.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>What the call came from.</summary>
    public object? Input { get; set; }

    /// <summary>Whether the observer wants anything of an answer before it is whole.</summary>
    public bool IsWanted => observer.WantsText || observer.WantsChunks;

    /// <summary>Gives what has come since it was last asked.</summary>
    public ValueTask GiveAsync(ChatCompletionBuilder builder)
    {
        if (observer.WantsChunks)
        {
            return GiveChunksAsync(builder);
        }
        return observer.WantsText && builder.TakeText() is { Length: > 0 } text ? observer.TextAsync(text) : default;
    }

    private async ValueTask GiveChunksAsync(ChatCompletionBuilder builder)
    {
        while (builder.TakeChunk() is ChatCompletionChunk chunk)
        {
            chunk.Attempt = Attempt;
            chunk.Input = Input;
            await observer.ChunkAsync(chunk).ConfigureAwait(false);
            if (observer.WantsText && chunk.Content.Length > 0 && chunk.Index == builder.ShownIndex)
            {
                await observer.TextAsync(chunk.Content).ConfigureAwait(false);
            }
        }
    }
}
