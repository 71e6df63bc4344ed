using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Completes -Message with a hashtable for each role.</summary>
public sealed class MessageCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["system"] = "What the model is, and how it has to answer",
        ["user"] = "What a person says",
        ["assistant"] = "What the model said",
        ["tool"] = "What a tool answered, to the call of that id",
        ["developer"] = "As system, for models that reason",
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, RequestRules.Roles.Select(role => (role, Example(role), Meanings.TryGetValue(role, out string? meaning) ? meaning : role)));

    private static string Example(string role) =>
        role == "tool" ? "@{ role = 'tool'; tool_call_id = ''; content = '' }" : $"@{{ role = '{role}'; content = '' }}";
}
