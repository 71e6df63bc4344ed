using System.Management.Automation;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>A command that the model may call, as PowerShell and as the model see it.</summary>
internal sealed class ToolCommand
{
    /// <summary>The command or the script block: what runs, and nothing else.</summary>
    public required object Target { get; init; }

    /// <summary>What a person calls it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the model is told of it.</summary>
    public required ToolDefinition Definition { get; init; }

    /// <summary>Its parameters, by the names that the model knows.</summary>
    public required IReadOnlyDictionary<string, CommandParameterInfo> Parameters { get; init; }
}
