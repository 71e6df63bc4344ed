using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>Completes the name of a model whose limits are known, with the limits as the tooltip.</summary>
public sealed class ModelNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, ModelCatalog.All.Select(model => (model.Name, Describe(model))));

    private static string Describe(KnownModel model) => string.Format(
        CultureInfo.InvariantCulture, "{0:N0} tokens of context, answers of up to {1:N0}; {2}", model.ContextWindow, model.MaxOutputTokens, model.Encoding);
}
