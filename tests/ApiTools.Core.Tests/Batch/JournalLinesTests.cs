using System.Buffers;
using System.Runtime.InteropServices;
using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class JournalLinesTests
{
    [Fact]
    public void What_a_read_is_under_way_into_is_given_to_nobody_else()
    {
        PendingStream file = new();
        object lines = new JournalLines(file, "job.jsonl");
        ValueTask<bool> reading = ((JournalLines)lines).ReadAsync(CancellationToken.None);
        Assert.False(reading.IsCompleted);
        // As a command does that is stopped.
        (lines as IDisposable)?.Dispose();
        Assert.NotSame(file.Target, ArrayPool<byte>.Shared.Rent(file.Target!.Length));
    }

    private sealed class PendingStream : MemoryStream
    {
        public byte[]? Target { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Target = MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array) ? array.Array : null;
            return new(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously).Task);
        }
    }
}
