using System.Net.Sockets;
using ApiTools.Time;

namespace ApiTools.Simulator;

/// <summary>
/// Sends the bytes of a connection's answers, several pieces at once where nothing has to be waited for between them, and no more of an
/// answer than its fault lets through.
/// </summary>
internal sealed class AnswerWriter(Socket socket, TimeProvider time, CancellationToken stopping)
{
    private const int SlowPiece = 64;
    private const int DefaultSlowMs = 100;

    private const int FullBuffer = 32 * 1024;

    private byte[] _buffer = new byte[4096];
    private int _count;
    private SimulatorFault? _fault;
    private long _left = long.MaxValue;

    /// <summary>False where the fault has set in, so that no more may be sent of this answer.</summary>
    public bool MayGoOn { get; private set; } = true;

    /// <summary>Begins an answer.</summary>
    public void Begin(SimulatorFault? fault)
    {
        _fault = fault;
        _left = FaultKinds.EndsAtByte(fault?.Kind) ? fault!.AtByte ?? 0 : long.MaxValue;
        MayGoOn = true;
    }

    /// <summary>True where it is time to flush.</summary>
    public bool IsFull => _count >= FullBuffer;

    /// <summary>Adds bytes of the answer; those that the fault lets through go out with the next flush.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int count = (int)Math.Min(bytes.Length, _left);
        _left -= count;
        MayGoOn &= count == bytes.Length;
        if (_count + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _count + count));
        }
        bytes.Slice(0, count).CopyTo(_buffer.AsSpan(_count));
        _count += count;
    }

    /// <summary>Sends what was added.</summary>
    public async ValueTask FlushAsync()
    {
        int count = _count;
        _count = 0;
        bool slow = _fault?.Kind == SimulatorFaultKind.Slow;
        for (int sent = 0; sent < count;)
        {
            int size = count - sent;
            if (slow)
            {
                size = Math.Min(size, SlowPiece);
                await time.WaitAsync(TimeSpan.FromMilliseconds(_fault!.DelayMs ?? DefaultSlowMs), stopping).ConfigureAwait(false);
            }
            sent += await socket.SendAsync(new ArraySegment<byte>(_buffer, sent, size), SocketFlags.None).ConfigureAwait(false);
        }
    }
}
