using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>An item of -Tool, found and not yet described.</summary>
/// <param name="Command">Knows the parameters.</param>
/// <param name="Target">What runs: the command, or the script block that it was made of.</param>
/// <param name="Name">What it is called.</param>
internal sealed record ToolSource(CommandInfo Command, object Target, string Name)
{
    /// <summary>What the caller says of it; null for its help's synopsis.</summary>
    public string? Description { get; init; }

    /// <summary>The parameter set that is offered; null for the default.</summary>
    public string? ParameterSet { get; init; }

    /// <summary>The parameters that are offered; null for all.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }
}
