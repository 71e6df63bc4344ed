namespace ApiTools.Http;

/// <summary>One read of a stream: without an allocation where the framework can, with one where it cannot.</summary>
internal static class StreamReading
{
#if NET8_0_OR_GREATER
    public static ValueTask<int> ReadSomeAsync(this Stream stream, byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
#else
    public static ValueTask<int> ReadSomeAsync(this Stream stream, byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        new(stream.ReadAsync(buffer, offset, count, cancellationToken));
#endif
}
