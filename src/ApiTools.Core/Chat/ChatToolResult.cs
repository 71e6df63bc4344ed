namespace ApiTools;

/// <summary>A tool call of a model, and what became of it.</summary>
public sealed class ChatToolResult
{
    internal ChatToolResult(ChatToolCall call, int round)
    {
        Name = call.Name;
        Arguments = call.Arguments;
        Round = round;
    }

    /// <summary>The name that the model called.</summary>
    public string Name { get; }

    /// <summary>The arguments, as the model wrote them.</summary>
    public string Arguments { get; }

    /// <summary>The command that it stands for; null for a name that is none of the tools.</summary>
    public string? Command { get; internal set; }

    /// <summary>Whether it was let run, by a person or by <c>-Force</c>.</summary>
    public bool Confirmed { get; internal set; }

    /// <summary>What the model was told of the tool's output; null where the call did not run, or ended in an error.</summary>
    public string? Output { get; internal set; }

    /// <summary>What the model was told went wrong; null where nothing did.</summary>
    public string? Error { get; internal set; }

    /// <summary>How long the tool ran.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>In which answer of the model the call was: 1 for the first.</summary>
    public int Round { get; }

    /// <summary>The call as one would write it.</summary>
    public override string ToString() => $"{Name}({Arguments})";
}
