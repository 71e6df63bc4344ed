using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiTools.Benchmarks;

/// <summary>The quickest server there can be: answers each request with the same bytes, so that a measurement is of the client.</summary>
internal sealed class RawResponder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _answer;

    /// <param name="answer">Every answer as it goes over the wire, headers and all.</param>
    public RawResponder(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The address under which it answers; ends in <c>/v1</c>.</summary>
    public Uri BaseUri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptSocketAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            byte[] buffer = new byte[1 << 16];
            int filled = 0;
            try
            {
                while (await socket.ReceiveAsync(buffer.AsMemory(filled), _stopping.Token) is > 0 and int received)
                {
                    filled += received;
                    if (RequestLength(buffer.AsSpan(0, filled)) is int length && filled >= length)
                    {
                        filled = 0;
                        await socket.SendAsync(_answer, _stopping.Token);
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The client, or this server, is done.
            }
        }
    }

    // The whole request's length; null where its headers are not complete. One request at a time, with a Content-Length.
    private static int? RequestLength(ReadOnlySpan<byte> received)
    {
        int end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }
        string head = Encoding.ASCII.GetString(received[..end]);
        string? length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end + 4 + (length is null ? 0 : int.Parse(length.AsSpan("Content-Length:".Length), CultureInfo.InvariantCulture));
    }
}
