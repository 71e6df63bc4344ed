using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Completes a connection's name, with its address and model as the tooltip.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, ConnectionStore.Process.All.Select(connection => (connection.Name, Describe(connection))));

    private static string Describe(ApiConnection connection) => connection.Model is null ? connection.BaseUri.ToString() : $"{connection.BaseUri}, model {connection.Model}";
}
