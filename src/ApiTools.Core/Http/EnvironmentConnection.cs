namespace ApiTools.Http;

/// <summary>
/// A connection from environment variables. They are taken as one family, never mixed, so that the key for one service does not go to
/// another's address.
/// </summary>
internal static class EnvironmentConnection
{
    /// <summary>The variable that names the log of connections that have no other.</summary>
    public const string LogVariable = "APITOOLS_LOG";

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

    /// <summary>The name of a key variable that is set while its family's address is not; null where there is none.</summary>
    public static (string ApiKey, string BaseUri)? KeyWithoutAddress(Func<string, string?> read)
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
