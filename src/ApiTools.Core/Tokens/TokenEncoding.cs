namespace ApiTools.Tokens;

/// <summary>Stand-in until the engine is merged.</summary>
internal sealed class TokenEncoding
{
    private TokenEncoding(string name) => Name = name;

    public string Name { get; }

    public static TokenEncoding Get(string name) => new(name);

    public int Count(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    public int Count(ReadOnlySpan<char> text, bool allowSpecial) => throw new NotImplementedException();

    public int Count(ReadOnlySpan<char> text) => throw new NotImplementedException();
}
