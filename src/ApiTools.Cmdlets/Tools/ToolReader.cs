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
        ToolBox tools = new();
        foreach (object? item in items)
        {
            ToolSource source = _finder.Find(item);
            string name = ToolName.Unique(source.Name, tools.Names);
            if (name != source.Name)
            {
                cmdlet.WriteVerbose(VisibleText.Line($"The model knows '{source.Name}' as '{name}', a name that the API takes."));
            }
            tools.Add(Describe(source, name));
        }
        return tools;
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
            if (ToolSchemaReader.Read(parameter, help.Parameter(parameter.Name), help.Default(parameter.Name)) is ToolSchema schema)
            {
                string known = ToolName.Unique(parameter.Name, parameters.Keys);
                parameters.Add(known, parameter);
                offered.Add(new ToolParameter(known, schema, parameter.IsMandatory));
            }
            else if (parameter.IsMandatory)
            {
                throw ToolErrors.Inexpressible(source.Name, parameter.Name, parameter.ParameterType);
            }
            else
            {
                cmdlet.WriteVerbose($"The tool '{VisibleText.Line(source.Name, 100)}' is offered without its parameter '{VisibleText.Line(parameter.Name, 100)}': no JSON can say a {parameter.ParameterType}.");
            }
        }
        string? description = (source.Description ?? help.Synopsis) is string told ? BoundedText.Cut(told, MaximumDescription) : null;
        return new ToolCommand { Target = source.Target, DisplayName = source.Name, Definition = new ToolDefinition(name, description, offered), Parameters = parameters };
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
