using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ApiTools.Time;

namespace ApiTools.Simulator;

/// <summary>Serves one connection: requests in, answers out, in order, until either side has enough or a fault ends it.</summary>
internal sealed class SimulatorConnection(Socket socket, SimulatorService service, SimulatorOptions options, CancellationToken stopping)
{
    // How long a client may take to notice that no more comes, before the socket is closed on it.
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    private static readonly byte[] LastChunk = Encoding.ASCII.GetBytes("0\r\n\r\n");

    private static readonly byte[] Continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

    private readonly AnswerWriter _writer = new(socket, options.Time, stopping);

    /// <summary>Ends with the connection; never fails for what a client does.</summary>
    public async Task ServeAsync()
    {
        // The caller accepts further connections meanwhile, even where everything has arrived already and nothing has to be awaited.
        await Task.Yield();
        using CancellationTokenRegistration registration = stopping.Register(socket.Dispose);
        try
        {
            // Events are small and shall be seen at once.
            socket.NoDelay = true;
            await ServeRequestsAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The client went away, or the simulator stops; whatever else it may be ends this connection and no other.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task ServeRequestsAsync()
    {
        HttpRequestReader reader = new(socket);
        while (true)
        {
            WireRequest? request = null;
            Exchange exchange;
            try
            {
                request = await reader.ReadAsync(SendContinueAsync).ConfigureAwait(false);
                if (request is null)
                {
                    return;
                }
                exchange = service.Answer(request);
            }
            catch (MalformedRequestException malformed)
            {
                // Where a request ends cannot be told any more, so there is no next one.
                exchange = service.Answer(malformed);
            }
            // A chat is under way until its answer has gone, however long that takes.
            using (exchange)
            {
                if (!await AnswerAsync(request, exchange).ConfigureAwait(false))
                {
                    await EndAsync(exchange.Fault?.Kind).ConfigureAwait(false);
                    return;
                }
            }
        }
    }

    private async Task SendContinueAsync()
    {
        _writer.Begin(null);
        _writer.Add(Continue);
        await _writer.FlushAsync().ConfigureAwait(false);
    }

    // False where the connection ends after it.
    private async Task<bool> AnswerAsync(WireRequest? request, Exchange exchange)
    {
        (WireAnswer answer, SimulatorFault? fault) = (exchange.Answer, exchange.Fault);
        bool paced = fault?.Kind is SimulatorFaultKind.Slow or SimulatorFaultKind.KeepAlive;
        TimeSpan before = options.Latency + TimeSpan.FromMilliseconds(paced ? 0 : fault?.DelayMs ?? 0);
        await options.Time.WaitAsync(before, stopping).ConfigureAwait(false);

        _writer.Begin(fault);
        if (answer.IsGarbage)
        {
            _writer.Add(answer.Body);
        }
        else
        {
            // HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
            bool chunked = answer.Length is null && request is { IsHttp11: true };
            _writer.Add(Head(answer, chunked, request is { KeepAlive: true }));
            if (request?.Method != "HEAD")
            {
                await WriteBodyAsync(answer, chunked).ConfigureAwait(false);
            }
        }
        if (fault?.Kind != SimulatorFaultKind.Slow && !FaultKinds.EndsAtByte(fault?.Kind))
        {
            // The rest goes out at once. Whoever has read it may send the next chat by another connection, and must find the place free.
            exchange.Dispose();
        }
        await _writer.FlushAsync().ConfigureAwait(false);
        return request is { KeepAlive: true } && !answer.IsGarbage && !answer.IsTruncated && !FaultKinds.EndsAtByte(fault?.Kind);
    }

    private async Task WriteBodyAsync(WireAnswer answer, bool chunked)
    {
        bool first = true;
        foreach (byte[] piece in answer.Pieces)
        {
            if (piece.Length == 0)
            {
                continue;
            }
            if (!first && answer.Pause > TimeSpan.Zero)
            {
                await _writer.FlushAsync().ConfigureAwait(false);
                await options.Time.WaitAsync(answer.Pause, stopping).ConfigureAwait(false);
            }
            first = false;
            AddPiece(piece, chunked);
            if (!_writer.MayGoOn)
            {
                return;
            }
            if (_writer.IsFull)
            {
                await _writer.FlushAsync().ConfigureAwait(false);
            }
        }
        if (chunked && !answer.IsTruncated)
        {
            _writer.Add(LastChunk);
        }
    }

    private void AddPiece(byte[] piece, bool chunked)
    {
        if (!chunked)
        {
            _writer.Add(piece);
            return;
        }
        _writer.Add(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture)));
        _writer.Add("\r\n"u8);
        _writer.Add(piece);
        _writer.Add("\r\n"u8);
    }

    private static byte[] Head(WireAnswer answer, bool chunked, bool keepAlive)
    {
        StringBuilder head = new();
        head.Append(FormattableString.Invariant($"HTTP/1.1 {answer.Status} {StatusPhrase.Of(answer.Status)}\r\n"));
        head.Append("Content-Type: ").Append(answer.ContentType).Append("\r\n");
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }
        if (answer.Length is long length)
        {
            head.Append(FormattableString.Invariant($"Content-Length: {length}\r\n"));
        }
        else if (chunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        if (!keepAlive)
        {
            head.Append("Connection: close\r\n");
        }
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private async Task EndAsync(SimulatorFaultKind? kind)
    {
        if (kind == SimulatorFaultKind.Reset)
        {
            // SO_LINGER with no time: closing sends a reset in place of an end.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return;
        }
        if (kind != SimulatorFaultKind.Stall)
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        // A socket that is closed over bytes nobody read resets the connection, and with it what the client has not read yet.
        using ITimer? deadline = kind == SimulatorFaultKind.Stall
            ? null
            : options.Time.CreateTimer(static state => ((Socket)state!).Dispose(), socket, LingerTime, Timeout.InfiniteTimeSpan);
        byte[] rest = new byte[16 * 1024];
        while (await socket.ReceiveAsync(new ArraySegment<byte>(rest), SocketFlags.None).ConfigureAwait(false) > 0)
        {
        }
    }
}
