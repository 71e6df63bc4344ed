using System.Globalization;
using System.Text;

namespace ApiTools.Benchmarks;

/// <summary>Answers as they go over the wire, with the headers that OpenAI's API sends.</summary>
internal static class Wire
{
    private const string Headers =
        "Date: Tue, 25 Nov 2025 12:00:00 GMT\r\n"
        + "access-control-expose-headers: X-Request-ID\r\n"
        + "openai-organization: org-benchmark\r\n"
        + "openai-processing-ms: 412\r\n"
        + "openai-project: proj_benchmark0000000000\r\n"
        + "openai-version: 2020-10-01\r\n"
        + "x-envoy-upstream-service-time: 430\r\n"
        + "x-ratelimit-limit-requests: 10000\r\n"
        + "x-ratelimit-limit-tokens: 30000000\r\n"
        + "x-ratelimit-remaining-requests: 9999\r\n"
        + "x-ratelimit-remaining-tokens: 29999756\r\n"
        + "x-ratelimit-reset-requests: 6ms\r\n"
        + "x-ratelimit-reset-tokens: 0s\r\n"
        + "x-request-id: req_0123456789abcdef0123456789abcdef\r\n"
        + "cf-cache-status: DYNAMIC\r\n"
        + "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\n"
        + "X-Content-Type-Options: nosniff\r\n"
        + "Server: cloudflare\r\n"
        + "CF-RAY: 9a41c0ffee00abcd-FRA\r\n"
        + "alt-svc: h3=\":443\"; ma=86400\r\n";

    public static byte[] Answer(string contentType, byte[] body) =>
        [.. Head(contentType, $"Content-Length: {body.Length}"), .. body];

    /// <summary>A stream as services send it: each event a chunk of HTTP's own.</summary>
    public static byte[] Chunked(string contentType, IEnumerable<byte[]> pieces)
    {
        using MemoryStream wire = new();
        wire.Write(Head(contentType, "Transfer-Encoding: chunked"));
        foreach (byte[] piece in pieces)
        {
            wire.Write(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            wire.Write(piece);
            wire.Write("\r\n"u8);
        }
        wire.Write("0\r\n\r\n"u8);
        return wire.ToArray();
    }

    private static byte[] Head(string contentType, string framing) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\n{Headers}{framing}\r\n\r\n");
}
