using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Completes a model's name from the connection's list where it was fetched; never asks the service.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            ApiConnection connection = ConnectionResolver.Resolve(fakeBoundParameters?["Connection"], ConnectionStore.Process);
            return Completion.From(wordToComplete, connection.Models.Select(model => (model, $"{model} at {connection.BaseUri.Authority}")));
        }
        catch (ApiException)
        {
            // No connection, no list: a key press is no place for an error.
            return [];
        }
    }
}
