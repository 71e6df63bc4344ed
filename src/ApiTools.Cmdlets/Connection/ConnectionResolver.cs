using ApiTools.Errors;
using ApiTools.Http;

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
        object other => throw ApiErrors.InvalidValue(
            "Connection", $"-Connection takes a name or a connection, not a {other.GetType().Name}.", "Get-ApiConnection"),
    };
}
