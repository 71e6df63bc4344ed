namespace ApiTools.Benchmarks;

/// <summary>What a stream costs at least: its bytes are read and thrown away.</summary>
internal sealed class DiscardStream(Uri baseUri) : BareStream(baseUri)
{
    private readonly byte[] _buffer = new byte[16 << 10];

    protected override async Task ReadBodyAsync(Stream body)
    {
        while (await body.ReadAsync(_buffer) > 0)
        {
        }
    }
}
