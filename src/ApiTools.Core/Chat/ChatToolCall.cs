namespace ApiTools;

/// <summary>A call of a tool that the model asks for. Nothing has run.</summary>
public sealed class ChatToolCall
{
    internal ChatToolCall(string id, string name, string arguments)
    {
        Id = id;
        Name = name;
        Arguments = arguments;
    }

    /// <summary>The name of the call, which the tool's answer has to carry.</summary>
    public string Id { get; }

    /// <summary>The tool's name.</summary>
    public string Name { get; }

    /// <summary>The arguments, JSON text as the model wrote it: it may be wrong.</summary>
    public string Arguments { get; }

    /// <summary>The call as one would write it.</summary>
    public override string ToString() => $"{Name}({Arguments})";
}
