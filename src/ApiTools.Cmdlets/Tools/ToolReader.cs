using System.Management.Automation;
using ApiTools.Chat;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Reads -Tool: finds each command, and describes it for the model from its parameters and its help.</summary>
internal sealed class ToolReader(PSCmdlet cmdlet)
{
    private const int MaximumDescription = 1_024;

    // What every command has, and no model is to set: -ErrorAction, -OutVariable, -Confirm and the like.
    private static readonly HashSet<string> Common =
        new(Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters).Concat(["ProgressAction"]), StringComparer.OrdinalIgnoreCase);

    private readonly ToolFinder _finder = new(cmdlet);

    /// <summary>The tools.</summary>
    /// <exception cref="ApiRequestException">invalid_value: an item is none, or cannot be offered.</exception>
    public ToolBox Read(IEnumerable<object?> items)
    {
        IReadOnlyList<ToolSource> sources = FindAll(items);
        // What needs no other name has its own, wherever in the list it stands.
        HashSet<string> taken = new(sources.Select(source => source.Name).Where(name => ToolName.Sendable(name) == name), StringComparer.Ordinal);
        ToolBox tools = new();
        foreach (ToolSource source in sources)
        {
            string name = source.Name;
            if (!taken.Contains(name))
            {
                name = ToolName.Unique(source.Name, taken);
                taken.Add(name);
                cmdlet.WriteVerbose(VisibleText.Line($"The model knows '{source.Name}' as '{name}', a name that the API takes."));
            }
            tools.Add(Describe(source, name));
        }
        return tools;
    }

    // A person who is asked sees a tool's name: two of one name could not be told apart.
    private List<ToolSource> FindAll(IEnumerable<object?> items)
    {
        List<ToolSource> all = [];
        foreach (object? item in items)
        {
            ToolSource source = _finder.Find(item);
            ToolSource? other = all.Find(one => one.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase));
            if (other is null)
            {
                all.Add(source);
            }
            else if (!other.IsSame(source))
            {
                throw ToolErrors.NoTool($"Two tools are called '{VisibleText.Line(source.Name, 100)}': give one of them another name, as @{{ Name = ...; Command = ... }}.");
            }
        }
        return all;
    }

    private ToolCommand Describe(ToolSource source, string name)
    {
        ScriptBlock? script = source.Command switch
        {
            FunctionInfo function => function.ScriptBlock,
            ExternalScriptInfo file => file.ScriptBlock,
            _ => null,
        };
        ToolHelp help = script is null
            ? ToolHelp.OfCommand(string.IsNullOrEmpty(source.Command.ModuleName) ? source.Command.Name : $"{source.Command.ModuleName}\\{source.Command.Name}", cmdlet.InvokeCommand)
            : ToolHelp.OfScript(script);
        Dictionary<string, CommandParameterInfo> parameters = new(StringComparer.Ordinal);
        List<ToolParameter> offered = [];
        foreach (CommandParameterInfo parameter in Offered(source))
        {
            if (IsOption(parameter.Name))
            {
                Leave(source, parameter, "PowerShell binds no parameter whose name begins with a dash");
            }
            else if (ToolSchemaReader.Read(parameter, help.Parameter(parameter.Name), help.Default(parameter.Name)) is ToolSchema schema)
            {
                string known = ToolName.Unique(parameter.Name, parameters.Keys);
                parameters.Add(known, parameter);
                offered.Add(new ToolParameter(known, schema, parameter.IsMandatory));
            }
            else
            {
                Leave(source, parameter, $"no JSON can say a {parameter.ParameterType}");
            }
        }
        string? description = (source.Description ?? help.Synopsis) is string told ? BoundedText.Cut(told, MaximumDescription) : null;
        return new ToolCommand(source.Target) { DisplayName = source.Name, Definition = new ToolDefinition(name, description, offered), Parameters = parameters };
    }

    // The binder strips a dash and takes what follows for the beginning of another parameter's name, or hands name and value on as texts.
    private static bool IsOption(string name) => name.Length > 0 && name[0] is '-' or '\u2013' or '\u2014' or '\u2015';

    private void Leave(ToolSource source, CommandParameterInfo parameter, string why)
    {
        if (parameter.IsMandatory)
        {
            throw ToolErrors.Inexpressible(source.Name, parameter.Name, why);
        }
        cmdlet.WriteVerbose($"The tool '{VisibleText.Line(source.Name, 100)}' is offered without its parameter '{VisibleText.Line(parameter.Name, 100)}': {why}.");
    }

    private IEnumerable<CommandParameterInfo> Offered(ToolSource source)
    {
        CommandParameterInfo[] all = [.. Set(source).Parameters.Where(parameter => !parameter.IsDynamic && !Common.Contains(parameter.Name)).OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)];
        if (source.Parameters is not IReadOnlyList<string> wanted)
        {
            return all;
        }
        foreach (string name in wanted)
        {
            if (!Array.Exists(all, parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw ToolErrors.NoTool($"'{VisibleText.Line(source.Name, 100)}' has no parameter '{VisibleText.Line(name, 100)}' that can be offered.");
            }
        }
        return all.Where(parameter => parameter.IsMandatory || wanted.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase));
    }

    private CommandParameterSetInfo Set(ToolSource source)
    {
        CommandParameterSetInfo[] sets;
        try
        {
            sets = [.. source.Command.ParameterSets];
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw ToolErrors.NoTool($"The parameters of '{VisibleText.Line(source.Name, 100)}' cannot be read: {exception.Message}");
        }
        if (source.ParameterSet is string wanted)
        {
            return Array.Find(sets, set => set.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                ?? throw ToolErrors.NoTool($"'{VisibleText.Line(source.Name, 100)}' has no parameter set '{VisibleText.Line(wanted, 100)}'. It has {string.Join(", ", sets.Select(set => set.Name))}.");
        }
        CommandParameterSetInfo chosen = Array.Find(sets, set => set.IsDefault) ?? sets[0];
        if (sets.Length > 1)
        {
            cmdlet.WriteVerbose($"The tool '{VisibleText.Line(source.Name, 100)}' is offered with its parameter set '{chosen.Name}'.");
        }
        return chosen;
    }
}
