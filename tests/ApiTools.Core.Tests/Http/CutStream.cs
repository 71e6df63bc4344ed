namespace ApiTools.Core.Tests.Http;

/// <summary>A stream that gives its bytes in pieces of the given sizes, over and over.</summary>
internal sealed class CutStream(byte[] bytes, params int[] sizes) : MemoryStream(bytes)
{
    private int _piece;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = sizes[_piece++ % sizes.Length];
        return ValueTask.FromResult(Read(buffer.Span[..Math.Min(size, buffer.Length)]));
    }
}
