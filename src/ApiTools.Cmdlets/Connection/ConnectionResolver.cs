using System.Management.Automation;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Finds the connection that a <c>-Connection</c> argument means: nothing, a name, or the object itself.</summary>
internal static class ConnectionResolver
{
    /// <summary>The connection.</summary>
    /// <param name="argument">What was given; null for the default.</param>
    /// <param name="store">The process's connections.</param>
    /// <exception cref="ApiException">no_connection, or invalid_value for an argument that is neither.</exception>
    public static ApiConnection Resolve(object? argument, ConnectionStore store) => Bare.Of(argument) switch
    {
        null => store.Get(null),
        ApiConnection connection => connection,
        string name => store.Get(name),
        _ when Deserialized.Of<ApiConnection>(argument) is PSObject away => throw ApiErrors.InvalidValue(
            "Connection",
            $"This connection was written with Export-Clixml, or comes from a job or another machine, and a key never travels along. Connect here, and give the connection's name.",
            $"Connect-ApiService -BaseUri {PowerShellText.Quote(away.Property("BaseUri")?.ToString() ?? string.Empty)}"),
        object other => throw ApiErrors.InvalidValue(
            "Connection", $"-Connection takes a name or a connection, not a {other.GetType().Name}.", "Get-ApiConnection"),
    };
}
