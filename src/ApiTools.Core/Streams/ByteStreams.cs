namespace ApiTools.Streams;

/// <summary>One read and one write of a stream: without an allocation where the framework can, with one where it cannot.</summary>
internal static class ByteStreams
{
#if NET8_0_OR_GREATER
    /// <summary>Reads what is there, as much as there is room for; 0 bytes at the end.</summary>
    public static ValueTask<int> ReadSomeAsync(this Stream stream, byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    /// <summary>Writes all of these bytes.</summary>
    public static ValueTask WriteAllAsync(this Stream stream, byte[] bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, cancellationToken);
#else
    /// <summary>Reads what is there, as much as there is room for; 0 bytes at the end.</summary>
    public static ValueTask<int> ReadSomeAsync(this Stream stream, byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        new(stream.ReadAsync(buffer, offset, count, cancellationToken));

    /// <summary>Writes all of these bytes.</summary>
    public static ValueTask WriteAllAsync(this Stream stream, byte[] bytes, CancellationToken cancellationToken) =>
        new(stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken));
#endif
}
