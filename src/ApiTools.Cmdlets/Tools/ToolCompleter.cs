using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>Completes -Tool with the names of commands.</summary>
public sealed class ToolCompleter : IArgumentCompleter
{
    private static readonly HashSet<CompletionResultType> NotOffered = [CompletionResultType.ProviderContainer, CompletionResultType.ProviderItem, CompletionResultType.Keyword];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteCommand(wordToComplete.Trim('\'', '"')).Where(result => !NotOffered.Contains(result.ResultType));
}
