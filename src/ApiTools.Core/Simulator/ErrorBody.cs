namespace ApiTools.Simulator;

/// <summary>The page's error response format.</summary>
internal static class ErrorBody
{
    public static byte[] ToBytes(string message, string type, string code, string? param) => JsonBody.ToBytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", type);
        writer.WriteString("code", code);
        writer.WriteString("param", param);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The type that goes with a code: OpenAI's words, which clients know.</summary>
    public static string TypeOf(string code, int status) => (code, status) switch
    {
        ("insufficient_quota", _) => "insufficient_quota",
        (_, 401) => "authentication_error",
        (_, 429) => "rate_limit_error",
        (_, >= 500) => "server_error",
        _ => "invalid_request_error",
    };
}
