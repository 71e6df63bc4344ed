using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Completes an error code from the catalogue, with its description as the tooltip.</summary>
public sealed class ErrorCodeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, ApiErrorCatalog.All.Select(info => (info.Code, $"{info.Description}. {info.Solution}.")));
}
