using System.Buffers;
using ApiTools.Batch;
using ApiTools.Core.Tests.Streams;

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

    private sealed class PendingStream() : TestStream([])
    {
        public byte[]? Target { get; private set; }

        protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken)
        {
            Target = room.Array;
            return new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously).Task;
        }
    }
}
