namespace ApiTools.Core.Tests.Streams;

/// <summary>A stream that is read asynchronously and gives what a test wants: .NET Framework knows one way to ask for it, and .NET a second.</summary>
/// <param name="bytes">What it holds.</param>
/// <param name="length">How many of them.</param>
internal abstract class TestStream(byte[] bytes, int length) : MemoryStream(bytes, 0, length)
{
    protected TestStream(byte[] bytes)
        : this(bytes, bytes.Length)
    {
    }

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        NextAsync(new ArraySegment<byte>(buffer, offset, count), cancellationToken);

#if NET
    public sealed override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? new(NextAsync(array, cancellationToken))
            : throw new NotSupportedException("Only arrays are read into.");
#endif

    /// <summary>Gives the next bytes: how many they are.</summary>
    protected abstract Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken);

    /// <summary>Gives what comes next of what it holds, and no more than so many bytes.</summary>
    protected int Take(ArraySegment<byte> room, int most = int.MaxValue) => Read(room.Array!, room.Offset, Math.Min(most, room.Count));
}
