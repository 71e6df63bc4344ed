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
            string others = _connections.IsEmpty ? "There is none at all" : "There are " + string.Join(", ", All.Select(c => $"'{c.Name}'"));
            throw ApiErrors.NoConnection($"There is no connection named '{name}'. {others}.", "Connect-ApiService -Name " + Text.PowerShellText.Quote(Text.Redactor.Redact(Text.VisibleText.Line(name, 100))));
        }
        if (EnvironmentConnection.Find(readEnvironment) is ApiConnectionOptions options)
        {
            return _connections.GetOrAdd(ApiConnection.DefaultName, _ => new ApiConnection(Prepare(options)));
        }
        if (EnvironmentConnection.KeyWithoutAddress(readEnvironment) is (string key, string address))
        {
            throw ApiErrors.NoConnection(
                $"{key} is set, but {address} is not, and a key is never sent to an address that was not given.",
                $"$env:{address} = 'https://api.openai.com/v1'");
        }
        throw ApiErrors.NoConnection("There is no connection to a service yet.", "Connect-ApiService -BaseUri https://api.openai.com/v1");
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

    /// <summary>Forgets and closes all.</summary>
    public void Clear()
    {
        foreach (string name in _connections.Keys)
        {
            Remove(name);
        }
    }
}
