namespace ApiTools.Simulator;

/// <summary>The keys that the simulator knows. They are the same every time, so that a script can name them, and open nothing else.</summary>
internal static class SimulatorKeys
{
    public const string Valid = "sk-simulator-valid";
    public const string Expired = "sk-simulator-expired";
    public const string Revoked = "sk-simulator-revoked";

    private const string Bearer = "Bearer ";

    /// <summary>The key that a request carries: <c>Authorization: Bearer</c>, or Azure's <c>api-key</c>; null for none.</summary>
    public static string? Read(WireRequest request)
    {
        string? authorization = request.Header("Authorization");
        string? key = authorization is null ? request.Header("api-key")
            : authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization.Substring(Bearer.Length).Trim()
            : authorization;
        return string.IsNullOrWhiteSpace(key) ? null : key;
    }

    /// <summary>A word for a key, to stand in its place.</summary>
    public static string Describe(string? key) => key switch
    {
        null => "none",
        Valid => "valid",
        Expired => "expired",
        Revoked => "revoked",
        _ => "other",
    };
}
