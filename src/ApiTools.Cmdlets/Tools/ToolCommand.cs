using System.Management.Automation;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>A command that the model may call, as PowerShell and as the model see it.</summary>
/// <param name="target">The command or the script block.</param>
internal sealed class ToolCommand(object target)
{
    private readonly ScriptBlock? _offered = (target as FunctionInfo)?.ScriptBlock;

    /// <summary>
    /// What runs, and nothing else: the command, or where its function was defined anew since it was offered (PowerShell then changes the very object),
    /// what it did before.
    /// </summary>
    public object Target => target is FunctionInfo function && !ReferenceEquals(function.ScriptBlock, _offered) ? _offered! : target;

    /// <summary>What a person calls it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the model is told of it.</summary>
    public required ToolDefinition Definition { get; init; }

    /// <summary>Its parameters, by the names that the model knows.</summary>
    public required IReadOnlyDictionary<string, CommandParameterInfo> Parameters { get; init; }
}
