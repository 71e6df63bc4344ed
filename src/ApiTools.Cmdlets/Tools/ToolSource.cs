using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>An item of -Tool, found and not yet described.</summary>
/// <param name="Command">Knows the parameters.</param>
/// <param name="Target">What runs: the command, or the script block that it was made of.</param>
/// <param name="Name">What it is called.</param>
internal sealed record ToolSource(CommandInfo Command, object Target, string Name)
{
    /// <summary>Whether it is another's command, and the caller says no more of it: a tool that is given twice.</summary>
    public bool IsSame(ToolSource other) => ReferenceEquals(Running, other.Running) && this with { Command = other.Command, Target = other.Target } == other;

    // What Get-Command finds twice are two objects.
    private object Running => Command switch
    {
        FunctionInfo function => function.ScriptBlock,
        CmdletInfo cmdlet => cmdlet.ImplementingType,
        _ => string.Intern(Command.Definition),
    };

    /// <summary>What the caller says of it; null for its help's synopsis.</summary>
    public string? Description { get; init; }

    /// <summary>The parameter set that is offered; null for the default.</summary>
    public string? ParameterSet { get; init; }

    /// <summary>The parameters that are offered; null for all.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }
}
