namespace ApiTools.Core.Tests.Validation;

/// <summary>A file that says it is ten bytes long, and gives more.</summary>
internal sealed class GrowingStream : MemoryStream
{
    public GrowingStream()
        : base("[1,2,3,4,5,6,7,8,9,10]"u8.ToArray())
    {
    }

    public override long Length => 10;
}
