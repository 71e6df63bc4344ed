using System.Buffers;
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

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Target = buffer;
            return new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously).Task;
        }
    }
}
