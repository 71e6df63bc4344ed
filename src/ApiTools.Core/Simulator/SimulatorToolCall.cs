namespace ApiTools;

/// <summary>A tool call that the simulator is to answer with. Nothing of it is checked: a model may call what there is not, with what is no JSON.</summary>
public sealed class SimulatorToolCall
{
    /// <summary>The call's id; one of the simulator's own where left out.</summary>
    public string? Id { get; init; }

    /// <summary>The name of the tool.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The arguments, as the model would write them; <c>{}</c> where left out.</summary>
    public string Arguments { get; init; } = "{}";

    /// <summary>The call as one would write it.</summary>
    public override string ToString() => $"{Name}({Arguments})";
}
