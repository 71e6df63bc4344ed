namespace ApiTools;

/// <summary>What is new of a tool call in one chunk of a stream. The pieces of one call share an <see cref="Index"/>.</summary>
public sealed class ChatToolCallChunk
{
    internal ChatToolCallChunk(int index, string? id, string? name, string arguments)
    {
        Index = index;
        Id = id;
        Name = name;
        Arguments = arguments;
    }

    /// <summary>Which call of the answer it is, by its place in the completion's <see cref="ChatCompletion.ToolCalls"/>; 0 for the first.</summary>
    public int Index { get; }

    /// <summary>The name of the call, on the chunk that brings it; null on others.</summary>
    public string? Id { get; }

    /// <summary>The tool's name, on the chunk that brings it; null on others.</summary>
    public string? Name { get; }

    /// <summary>The new piece of the arguments' JSON text; empty where there is none.</summary>
    public string Arguments { get; }

    /// <summary>The new piece of the arguments.</summary>
    public override string ToString() => Arguments;
}
