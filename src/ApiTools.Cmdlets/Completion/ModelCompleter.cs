using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Chat;
using ApiTools.Http;
using ApiTools.Tokens;

namespace ApiTools.Cmdlets;

/// <summary>
/// Completes a model's name from the list of the connection that the line names, and has it fetched where there is none: a key press waits for that
/// no longer than a tenth of a second. Without a connection, from the models that are known.
/// </summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(70);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.From(wordToComplete, Connection(fakeBoundParameters) is ApiConnection connection ? Offered(connection) : Known());

    // Get-ApiUsage takes several connections: the first has to do.
    private static ApiConnection? Connection(IDictionary? bound)
    {
        try
        {
            return ConnectionResolver.Resolve(ViewObject.Items(bound?["Connection"]).FirstOrDefault(), ConnectionStore.Process);
        }
        catch (ApiException)
        {
            // A key press is no place for an error.
            return null;
        }
    }

    private static IEnumerable<(string, string)> Known() => ModelCatalog.All.Select(model => (model.Name, ModelText.Describe(model)));

    private static IEnumerable<(string, string)> Offered(ApiConnection connection)
    {
        ServiceModelCache cache = connection.ModelCache;
        if (cache.Fresh is null)
        {
            // What comes too late is there for the next key press.
            ((IAsyncResult)cache.BeginFetch()).AsyncWaitHandle.WaitOne(LongestWait);
        }
        string place = connection.BaseUri.Authority;
        return cache.Known?.Select(ModelList.Describe).Select(model => (model.Id, ModelText.Describe(model, place)))
            ?? connection.Models.DefaultIfEmpty(connection.Model ?? string.Empty).Select(id => (id, "at " + place));
    }
}
