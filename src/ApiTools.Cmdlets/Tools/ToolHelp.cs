using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>What the help of a command says of it, of its parameters, and of what they are where they are left out.</summary>
internal sealed class ToolHelp
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _defaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the command does; null where that is not known.</summary>
    public string? Synopsis { get; private set; }

    /// <summary>What is said of a parameter; null for nothing.</summary>
    public string? Parameter(string name) => _parameters.TryGetValue(name, out string? text) ? text : null;

    /// <summary>What a parameter is where it is left out, as JSON text; null where that is not known.</summary>
    public string? Default(string name) => _defaults.TryGetValue(name, out string? json) ? json : null;

    /// <summary>Reads the help of a script: its comments, and the defaults of its parameters that are constants.</summary>
    public static ToolHelp OfScript(ScriptBlock script)
    {
        ToolHelp help = new();
        help.ReadComments(script.Ast is FunctionDefinitionAst function ? function.GetHelpContent() : (script.Ast as ScriptBlockAst)?.GetHelpContent());
        IEnumerable<ParameterAst>? parameters = script.Ast switch
        {
            FunctionDefinitionAst definition => definition.Parameters ?? definition.Body.ParamBlock?.Parameters,
            ScriptBlockAst block => block.ParamBlock?.Parameters,
            _ => null,
        };
        foreach (ParameterAst parameter in parameters ?? [])
        {
            if (parameter.DefaultValue is ExpressionAst value && Constant(value) is string json)
            {
                help._defaults[parameter.Name.VariablePath.UserPath] = json;
            }
        }
        return help;
    }

    /// <summary>Reads the help that comes with a command.</summary>
    /// <param name="name">The command's name, with its module where it has one.</param>
    /// <param name="invoke">Asks for it.</param>
    public static ToolHelp OfCommand(string name, CommandInvocationIntrinsics invoke)
    {
        ToolHelp help = new();
        try
        {
            PSObject? found = invoke.InvokeScript("Microsoft.PowerShell.Core\\Get-Help -Name $args[0] -ErrorAction Ignore 3>$null", name).FirstOrDefault();
            help.Synopsis = Meaning(found?.Properties["Synopsis"]?.Value, name);
            object? parameters = (found?.Properties["parameters"]?.Value as PSObject)?.Properties["parameter"]?.Value;
            foreach (object? item in LanguagePrimitives.GetEnumerable(parameters) ?? new[] { parameters })
            {
                if (item is PSObject parameter && parameter.Properties["name"]?.Value?.ToString() is string called && Text(parameter.Properties["description"]?.Value) is string text)
                {
                    help._parameters[called] = text;
                }
            }
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            // A tool can be offered without a description.
        }
        return help;
    }

    private void ReadComments(CommentHelpInfo? comments)
    {
        Synopsis = Trimmed(comments?.Synopsis) ?? Trimmed(comments?.Description);
        foreach (KeyValuePair<string, string> parameter in comments?.Parameters ?? new Dictionary<string, string>())
        {
            if (Trimmed(parameter.Value) is string text)
            {
                _parameters[parameter.Key] = text;
            }
        }
    }

    private static string? Constant(ExpressionAst value)
    {
        try
        {
            return ToolValue.Default(value.SafeGetValue());
        }
        catch (InvalidOperationException)
        {
            // It is known when the command runs.
            return null;
        }
    }

    // Of a command without help, Get-Help gives its syntax for a synopsis.
    private static string? Meaning(object? synopsis, string name)
    {
        string? text = Trimmed(synopsis?.ToString());
        string plain = name.Substring(name.LastIndexOf('\\') + 1);
        return text is null || text.StartsWith(plain + " ", StringComparison.OrdinalIgnoreCase) || text.Equals(plain, StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    private static string? Text(object? paragraphs) => Trimmed(string.Join(
        " ",
        (LanguagePrimitives.GetEnumerable(paragraphs)?.Cast<object?>() ?? [paragraphs])
            .Select(paragraph => (paragraph as PSObject)?.Properties["Text"]?.Value?.ToString() ?? paragraph?.ToString())));

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
