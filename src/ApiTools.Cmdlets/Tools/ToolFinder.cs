using System.Collections;
using System.Management.Automation;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Finds the commands that the items of -Tool mean. What they mean is the caller's word alone; no word of a model comes here.</summary>
internal sealed class ToolFinder(PSCmdlet cmdlet)
{
    // A script block has no parameters that can be asked for; a function has. It is made in a scope of its own, which ends at once.
    private const string MakeFunction =
        "Microsoft.PowerShell.Management\\Set-Item -LiteralPath function:local:ApiToolsTool -Value $args[0]; Microsoft.PowerShell.Core\\Get-Command -Name ApiToolsTool -CommandType Function";

    private const CommandTypes Kinds = CommandTypes.Alias | CommandTypes.Function | CommandTypes.Filter | CommandTypes.Cmdlet | CommandTypes.ExternalScript;

    private static readonly string[] Keys = ["Name", "Script", "Command", "Description", "ParameterSet", "Parameter"];

    /// <summary>The command that an item means.</summary>
    /// <exception cref="ApiRequestException">invalid_value: it means none.</exception>
    public ToolSource Find(object? item) => Bare.Of(item) switch
    {
        null => throw ToolErrors.NoTool("An item of -Tool is $null. Did Get-Command find nothing?"),
        CommandInfo command => Of(command),
        string name => Of(Named(name)),
        IDictionary table => OfTable(table),
        ScriptBlock => throw ToolErrors.NoTool("A script block has no name for the model to call: give @{ Name = 'get_weather'; Script = { param([string] $City) ... } }."),
        object other => throw ToolErrors.NoTool($"A tool is a command, its name, or @{{ Name = ...; Script = {{ ... }} }}, not an object of type {other.GetType().Name}."),
    };

    private static ToolSource Of(CommandInfo command)
    {
        CommandInfo real = command;
        while (real is AliasInfo alias)
        {
            real = alias.ResolvedCommand ?? throw ToolErrors.NoTool($"The alias '{VisibleText.Line(alias.Name, 100)}' stands for nothing that is there.");
        }
        if (real is ApplicationInfo or not (FunctionInfo or CmdletInfo or ExternalScriptInfo))
        {
            throw ToolErrors.NoTool($"'{VisibleText.Line(real.Name, 100)}' is a program, whose arguments are text and nothing else. Wrap it in a function with parameters.");
        }
        return new ToolSource(real, real, real is ExternalScriptInfo ? System.IO.Path.GetFileNameWithoutExtension(real.Name) : real.Name);
    }

    private CommandInfo Named(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw ToolErrors.NoTool($"'{VisibleText.Line(name, 100)}' has wildcards: name each tool, or give what Get-Command finds.");
        }
        return cmdlet.InvokeCommand.GetCommand(name, Kinds) ?? cmdlet.InvokeCommand.GetCommand(name, CommandTypes.Application)
            ?? throw ToolErrors.NoTool($"There is no command '{VisibleText.Line(name, 100)}'.");
    }

    private ToolSource OfTable(IDictionary table)
    {
        foreach (object key in table.Keys)
        {
            if (!Keys.Contains(key.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                throw ToolErrors.NoTool($"A tool's hashtable has no '{VisibleText.Line(key.ToString(), 100)}'. It has {string.Join(", ", Keys)}.");
            }
        }
        string? name = Text(table, "Name");
        object? script = Value(table, "Script");
        object? command = Value(table, "Command");
        ToolSource source = (script, command) switch
        {
            (ScriptBlock block, null) when name is not null => new ToolSource(Function(block), block, name),
            (ScriptBlock, null) => throw ToolErrors.NoTool("A tool's hashtable with a Script has a Name, for the model to call."),
            (null, CommandInfo found) => Of(found),
            (null, string named) => Of(Named(named)),
            _ => throw ToolErrors.NoTool("A tool's hashtable has either Script, a script block, or Command, a command or its name."),
        };
        return source with
        {
            Name = name ?? source.Name,
            Description = Text(table, "Description"),
            ParameterSet = Text(table, "ParameterSet"),
            Parameters = Value(table, "Parameter") is object given ? [.. (LanguagePrimitives.GetEnumerable(given)?.Cast<object?>() ?? [given]).Select(one => one?.ToString() ?? string.Empty)] : null,
        };
    }

    private FunctionInfo Function(ScriptBlock script) =>
        cmdlet.InvokeCommand.InvokeScript(true, ScriptBlock.Create(MakeFunction), null, script).FirstOrDefault()?.BaseObject as FunctionInfo
        ?? throw ToolErrors.NoTool("The parameters of a script block cannot be read.");

    private static string? Text(IDictionary table, string key) => Value(table, key)?.ToString() is { Length: > 0 } text ? text : null;

    private static object? Value(IDictionary table, string key)
    {
        foreach (DictionaryEntry entry in table)
        {
            if (string.Equals(entry.Key.ToString(), key, StringComparison.OrdinalIgnoreCase))
            {
                return Bare.Of(entry.Value);
            }
        }
        return null;
    }
}
