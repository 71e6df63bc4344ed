using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>
/// A connection from environment variables. They are taken as one family, never mixed, so that the key for one service does not go to
/// another's address.
/// </summary>
internal static class EnvironmentConnection
{
    /// <summary>The variable that names the log of connections that have no other.</summary>
    public const string LogVariable = "APITOOLS_LOG";

    /// <summary>How a command that fixes an error gives an address.</summary>
    public const string ExampleAddress = "-BaseUri https://api.openai.com/v1";

    private static readonly (string BaseUri, string ApiKey, string? Model)[] Families =
    [
        ("APITOOLS_BASE_URI", "APITOOLS_API_KEY", "APITOOLS_MODEL"),
        ("OPENAI_BASE_URL", "OPENAI_API_KEY", null),
    ];

    /// <summary>The first family that has an address; null where none has.</summary>
    /// <param name="read">Reads a variable; null where it is not set.</param>
    public static ApiConnectionOptions? Find(Func<string, string?> read)
    {
        foreach ((string baseUri, string apiKey, string? model) in Families)
        {
            if (read(baseUri) is { Length: > 0 } address)
            {
                string? key = read(apiKey);
                return new ApiConnectionOptions
                {
                    BaseUri = address,
                    ApiKey = string.IsNullOrEmpty(key) ? null : ApiKeys.FromText(key!.Trim()),
                    Model = model is null ? null : read(model),
                    LogPath = read(LogVariable) is { Length: > 0 } log ? log : null,
                    Source = $"environment ({baseUri})",
                };
            }
        }
        return null;
    }

    /// <summary>The first family that has an address.</summary>
    /// <param name="read">Reads a variable; null where it is not set.</param>
    /// <param name="missing">The error's message where nothing is set.</param>
    /// <param name="nextCommand">The command that then helps.</param>
    /// <exception cref="ApiConnectionException">no_connection; where one half of a family is set, it says which is missing.</exception>
    public static ApiConnectionOptions Require(Func<string, string?> read, string missing, string nextCommand)
    {
        if (Find(read) is ApiConnectionOptions options)
        {
            return options;
        }
        throw KeyWithoutAddress(read) is (string key, string address)
            ? ApiErrors.NoConnection(
                $"{key} is set, but {address} is not, and a key is never sent to an address that was not given.",
                $"$env:{address} = 'https://api.openai.com/v1'")
            : ApiErrors.NoConnection(missing, nextCommand);
    }

    /// <summary>The name of a key variable that is set while its family's address is not; null where there is none.</summary>
    private static (string ApiKey, string BaseUri)? KeyWithoutAddress(Func<string, string?> read)
    {
        foreach ((string baseUri, string apiKey, _) in Families)
        {
            if (read(apiKey) is { Length: > 0 } && read(baseUri) is null or { Length: 0 })
            {
                return (apiKey, baseUri);
            }
        }
        return null;
    }
}
