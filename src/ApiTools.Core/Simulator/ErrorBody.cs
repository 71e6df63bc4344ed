using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>The page's error response format.</summary>
internal sealed record ErrorBody(string Message, string Type, string? Code, string? Param)
{
    /// <summary>The error of a code, or of a status that has none, with the type that goes with it.</summary>
    public static ErrorBody Of(int status, string? code, string message, string? param) => new(message, TypeOf(code, status), code, param);

    /// <summary>The whole document.</summary>
    public byte[] ToBytes() => JsonBody.ToBytes(writer =>
    {
        writer.WriteStartObject();
        WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <summary>The member <c>error</c> of an object that is open.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("error");
        writer.WriteString("message", Message);
        writer.WriteString("type", Type);
        writer.WriteString("code", Code);
        writer.WriteString("param", Param);
        writer.WriteEndObject();
    }

    // OpenAI's words, which clients know.
    private static string TypeOf(string? code, int status) => (code, status) switch
    {
        ("insufficient_quota", _) => "insufficient_quota",
        (_, 401) => "authentication_error",
        (_, 403) => "permission_error",
        (_, 429) => "rate_limit_error",
        (_, >= 500) => "server_error",
        _ => "invalid_request_error",
    };
}
