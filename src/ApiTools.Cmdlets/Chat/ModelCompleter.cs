using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Completes a model's name from the connection's list, and has it fetched where there is none. A key press waits for that no longer than a tenth of a second.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(80);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            ApiConnection connection = ConnectionResolver.Resolve(fakeBoundParameters?["Connection"], ConnectionStore.Process);
            return Completion.From(wordToComplete, Models(connection).Select(model => (model, $"{Display.Line(model)} at {connection.BaseUri.Authority}")));
        }
        catch (ApiException)
        {
            // No connection, no list: a key press is no place for an error.
            return [];
        }
    }

    private static IEnumerable<string> Models(ApiConnection connection)
    {
        ServiceModelCache cache = connection.ModelCache;
        if (cache.Fresh is null)
        {
            // What comes too late is there for the next key press.
            ((IAsyncResult)cache.BeginFetch()).AsyncWaitHandle.WaitOne(LongestWait);
        }
        return cache.Known?.Select(model => model.Id) ?? connection.Models;
    }
}
