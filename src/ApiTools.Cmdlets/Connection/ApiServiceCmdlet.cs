using System.Management.Automation;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>The base of every cmdlet that talks to a service.</summary>
public abstract class ApiServiceCmdlet : ApiCmdlet
{
    private ApiConnection? _connection;

    /// <summary>The connection to use: a name, or the object that Connect-ApiService -PassThru gave. The default connection where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>The connection; having none ends the command.</summary>
    private protected ApiConnection Service => _connection ??= RunOrThrow(() => ConnectionResolver.Resolve(Connection, ConnectionStore.Process), Connection);
}
