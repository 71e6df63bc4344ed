using System.Management.Automation;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>The base of the cmdlets that read text as a model's tokens.</summary>
public abstract class ApiTokenCmdlet : ApiInputCmdlet
{
    /// <summary>The model as whose tokens the text is read. The connection's where left out, if there is a connection.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>The encoding. The model's where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TokenEncodingCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <summary>Takes the name of a special token, such as &lt;|endoftext|&gt;, for that token. Text where left out, as services take it.</summary>
    [Parameter]
    public SwitchParameter AllowSpecial { get; set; }

    /// <summary>The connection whose model counts where none is given: a name, or the object. The default connection where left out. Nothing is sent.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    private protected override bool TakesBytes => true;

    /// <summary>The model of the connection; null where there is none. A connection that was asked for and is not there ends the command.</summary>
    private protected string? FindDefaultModel() => Connection is null
        ? ConnectionStore.Process.Find(ApiConnection.DefaultName)?.Model
        : RunOrThrow(() => ConnectionResolver.Resolve(Connection, ConnectionStore.Process), Connection).Model;
}
