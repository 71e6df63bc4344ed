using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiTools.Core.Tests.Http;

/// <summary>A server that gives the answers it was given, in their order, one a connection.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="answers">Each a status line's end and headers, and a body: <c>("200 OK\r\nX-A: 1", "{}")</c>.</param>
    public ScriptedServer(params (string Head, string Body)[] answers)
    {
        _listener.Start();
        _ = ServeAsync(answers);
    }

    public string BaseUri => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync((string Head, string Body)[] answers)
    {
        foreach ((string head, string body) in answers)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            await ReadRequestAsync(stream);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(
                $"HTTP/1.1 {head}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        }
    }

    private static async Task ReadRequestAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[65_536];
        int length = 0;
        int? whole = null;
        while (whole is null || length < whole)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                return;
            }
            length += read;
            string text = Encoding.Latin1.GetString(buffer, 0, length);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            string[] parts = text.Split("Content-Length: ");
            int body = parts.Length < 2 ? 0 : int.Parse(parts[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
            whole ??= end < 0 ? null : end + 4 + body;
        }
    }
}
