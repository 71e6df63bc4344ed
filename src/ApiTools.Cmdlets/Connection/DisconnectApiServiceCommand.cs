using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Disconnect-ApiService: forgets a connection and its key, and closes its sockets.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ApiService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectApiServiceCommand : ApiCmdlet
{
    /// <summary>The connection's name. The default connection where left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = ApiConnection.DefaultName;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(Name, "Forget the connection and its key") && !ConnectionStore.Process.Remove(Name))
        {
            WriteFailure(ApiErrors.NoConnection($"There is no connection named '{Name}' to end.", "Get-ApiConnection"), Name);
        }
    }
}
