using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Completes a connection's name, with its address as the tooltip.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, ConnectionStore.Process.All.Select(connection => (connection.Name, connection.BaseUri.ToString())));
}
