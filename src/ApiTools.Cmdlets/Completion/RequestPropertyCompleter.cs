using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Completes -Property with a hashtable for each documented parameter that has none of its own.</summary>
public sealed class RequestPropertyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(
            wordToComplete,
            RequestRules.Request.Members!.Where(rule => !RequestProperties.HasParameter(rule.Name)).Select(rule => (rule.Name, $"@{{ {rule.Name} = {RuleText.Example(rule)} }}", RuleText.Describe(rule))));
}
