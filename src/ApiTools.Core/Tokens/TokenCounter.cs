namespace ApiTools.Tokens;

/// <summary>Stand-in until the engine is merged.</summary>
#pragma warning disable CA1001
internal sealed class TokenCounter(TokenEncoding encoding, bool allowSpecial)
{
    private readonly MemoryStream _all = new();

    public void Add(ReadOnlySpan<byte> utf8) => _all.Write(utf8.ToArray(), 0, utf8.Length);

    public long Finish() => encoding.Count(_all.ToArray(), allowSpecial);
}
