using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>The command that makes a connection once more and tests it, to be pasted.</summary>
internal static class ConnectCommand
{
    /// <summary>The command, with all that the connection was made with but its key.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="asksForKey">True where it needs a key.</param>
    public static string Test(ApiConnection connection, bool asksForKey)
    {
        string name = connection.Name == ApiConnection.DefaultName ? string.Empty : $" -Name {PowerShellText.Argument(connection.Name)}";
        string model = connection.Model is null ? string.Empty : $" -Model {PowerShellText.Argument(Redactor.Redact(connection.Model))}";
        string version = connection.ApiVersion is null ? string.Empty : $" -ApiVersion {PowerShellText.Argument(connection.ApiVersion)}";
        if (connection.Source == ApiConnectionOptions.SimulatorSource)
        {
            return $"Connect-ApiService{name} -Simulator{model} -Test";
        }
        // Connect-ApiService asks for a key by itself only where the address is another machine's.
        string key = asksForKey && connection.BaseUri.IsLoopback ? " -ApiKey (Read-Host -AsSecureString -Prompt Key)" : string.Empty;
        return $"Connect-ApiService{name} -BaseUri {PowerShellText.Argument(connection.BaseUri.AbsoluteUri.TrimEnd('/'))}{key}{model}{version} -Test";
    }
}
