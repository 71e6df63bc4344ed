using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>A client that sends and receives bytes, and hides nothing.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawClient> ConnectAsync(int port)
    {
        RawClient client = new();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(new ArraySegment<byte>(bytes, sent, bytes.Length - sent), SocketFlags.None);
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Everything that comes until the server ends the connection.</summary>
    public Task<string> ReceiveAllAsync() => ReceiveAsync(_ => false);

    /// <summary>What comes until it holds a text.</summary>
    public Task<string> ReceiveUntilAsync(string text) => ReceiveAsync(got => got.Contains(text, StringComparison.Ordinal));

    /// <summary>So many bytes, or fewer where the server ends the connection first.</summary>
    public Task<string> ReceiveAsync(int count) => ReceiveAsync(got => got.Length >= count);

    /// <summary>What the next piece holds that the system hands over.</summary>
    public Task<string> ReceiveOnceAsync() => ReceiveAsync(got => got.Length > 0);

    private async Task<string> ReceiveAsync(Func<string, bool> enough)
    {
        using CancellationTokenSource patience = new(SimulatorFixture.Patience);
        StringBuilder got = new();
        byte[] buffer = new byte[64 * 1024];
        while (!enough(got.ToString()))
        {
            int count = await _socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
            if (count == 0)
            {
                break;
            }
            got.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return got.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
