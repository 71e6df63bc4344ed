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
    protected override void ProcessRecord() => WriteNamed(
        ConnectionStore.Process.All,
        connection => connection.Name,
        Name,
        nameof(Name),
        name => ApiErrors.NoConnection($"There is no connection named '{name}'.", "Get-ApiConnection"));
}
