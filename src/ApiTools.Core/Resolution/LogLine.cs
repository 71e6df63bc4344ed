using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Resolution;

/// <summary>A line of ApiTools' own log, or of another that has OpenTelemetry's names.</summary>
internal static class LogLine
{
    /// <summary>The failure that the line tells of; null where it tells of none, or is no such line.</summary>
    public static Sighting? Read(ErrorNode line)
    {
        string? type = line.String("error.type");
        int? status = int.TryParse(line.Scalar("http.response.status_code"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        if (type is null && status is null or < 400)
        {
            return null;
        }
        string? host = line.String("server.address");
        return new Sighting
        {
            Source = "line of a log",
            Status = status,
            Code = type,
            Message = line.String("error.message") ?? line.String("exception.message"),
            RequestId = line.String("apitools.request_id") ?? line.String("http.response.header.x-request-id"),
            Model = line.String("gen_ai.request.model"),
            Address = host is not null && line.Scalar("server.port") is string port and not ("443" or "80") ? host + ":" + port : host,
            Body = line.String("apitools.response.body") is string body ? System.Text.Encoding.UTF8.GetBytes(body) : [],
        };
    }
}
