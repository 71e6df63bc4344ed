using System.Collections.Concurrent;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>The process's connections, by name. They are the process's and not a runspace's, so that thread jobs and parallel blocks have them too.</summary>
internal sealed class ConnectionStore(Func<string, string?> readEnvironment)
{
    private readonly ConcurrentDictionary<string, ApiConnection> _connections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The process's own.</summary>
    public static ConnectionStore Process { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Is given what a connection from the environment is made from, and returns it with who observes the connection.</summary>
    public Func<ApiConnectionOptions, ApiConnectionOptions> Prepare { get; set; } = options => options;

    /// <summary>All, by name.</summary>
    public IReadOnlyList<ApiConnection> All => [.. _connections.Values.OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Keeps a connection under its name. One that had the name stays usable for those who hold it.</summary>
    public void Set(ApiConnection connection) => _connections[connection.Name] = connection;

    /// <summary>The connection of a name; null where there is none.</summary>
    public ApiConnection? Find(string name) => _connections.TryGetValue(name, out ApiConnection? connection) ? connection : null;

    /// <summary>The connection to use: the named one, or else the default, which the environment may make on first use.</summary>
    /// <param name="name">A name; null for the default.</param>
    /// <exception cref="ApiConnectionException">no_connection: what is missing, and how to connect.</exception>
    public ApiConnection Get(string? name)
    {
        if (Find(name ?? ApiConnection.DefaultName) is ApiConnection known)
        {
            return known;
        }
        if (name is not null && !name.Equals(ApiConnection.DefaultName, StringComparison.OrdinalIgnoreCase))
        {
            throw NotNamed(name);
        }
        ApiConnectionOptions options = EnvironmentConnection.Require(
            readEnvironment, "There is no connection to a service yet.", "Connect-ApiService " + EnvironmentConnection.ExampleAddress);
        return _connections.GetOrAdd(ApiConnection.DefaultName, _ => new ApiConnection(Prepare(options)));
    }

    /// <summary>Forgets and closes a connection; false where there was none.</summary>
    public bool Remove(string name)
    {
        if (!_connections.TryRemove(name, out ApiConnection? connection))
        {
            return false;
        }
        connection.Dispose();
        return true;
    }

    private ApiException NotNamed(string name)
    {
        IReadOnlyList<string> names = [.. All.Select(connection => $"'{connection.Name}'")];
        string others = names.Count switch
        {
            0 => "There is none at all",
            1 => $"The only one is {names[0]}",
            _ => "There are " + string.Join(", ", names),
        };
        string connect = "Connect-ApiService -Name " + Text.PowerShellText.Quote(Text.Redactor.Redact(Text.VisibleText.Line(name, 100)));
        // Without an address it can be made from the environment alone.
        string command = EnvironmentConnection.Find(readEnvironment) is null ? $"{connect} {EnvironmentConnection.ExampleAddress}" : connect;
        return ApiErrors.NoConnection($"There is no connection named '{name}'. {others}.", command);
    }

    /// <summary>Forgets and closes all.</summary>
    public void Clear()
    {
        foreach (string name in _connections.Keys)
        {
            Remove(name);
        }
    }
}
