using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiConnection: the process's connections. None of them shows its key.</summary>
[Cmdlet(VerbsCommon.Get, "ApiConnection")]
[OutputType(typeof(ApiConnection))]
public sealed class GetApiConnectionCommand : ApiCmdlet
{
    /// <summary>Names; wildcards are allowed. All connections where left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (FindNamed(name) is not List<ApiConnection> named)
            {
                continue;
            }
            if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(ApiErrors.NoConnection($"There is no connection named '{name}'.", "Get-ApiConnection"), name);
            }
            WriteObject(named, enumerateCollection: true);
        }
    }

    // Null where the name is no pattern, which is said.
    private List<ApiConnection>? FindNamed(string name)
    {
        try
        {
            return NameFilter.Find(ConnectionStore.Process.All, connection => connection.Name, name, nameof(Name));
        }
        catch (ApiException exception)
        {
            WriteFailure(exception, name);
            return null;
        }
    }
}
