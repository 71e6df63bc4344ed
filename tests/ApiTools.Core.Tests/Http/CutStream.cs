using ApiTools.Core.Tests.Streams;

namespace ApiTools.Core.Tests.Http;

/// <summary>A stream that gives its bytes in pieces of the given sizes, over and over.</summary>
internal sealed class CutStream(byte[] bytes, params int[] sizes) : TestStream(bytes)
{
    private int _piece;

    protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Take(room, sizes[_piece++ % sizes.Length]));
    }
}
