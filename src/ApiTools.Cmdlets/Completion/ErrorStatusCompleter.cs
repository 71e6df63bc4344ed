using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Completes an HTTP status from the catalogue, with the page's words for it as the tooltip.</summary>
public sealed class ErrorStatusCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(
            wordToComplete,
            ApiErrorCatalog.Statuses.Where(status => status.Status != 200).Select(status => (status.Status.ToString(CultureInfo.InvariantCulture), status.Description)));
}
