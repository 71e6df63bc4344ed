using System.Collections.Concurrent;
using System.Text;

namespace ApiTools.Tokens;

/// <summary>Stand-in until the engine's own is merged.</summary>
internal sealed class TokenEncoding
{
    private static readonly ConcurrentDictionary<string, TokenEncoding> Known = new();
    private readonly Vocabulary _vocabulary;
    private readonly BpeEngine _engine;
    private readonly bool _isCl;

    private TokenEncoding(string name)
    {
        Name = name;
        _isCl = name == "cl100k_base";
        _vocabulary = Vocabulary.Read(_isCl ? name : "o200k_base");
        _engine = new BpeEngine(new TokenIndex(_vocabulary));
    }

    public string Name { get; }

    public static TokenEncoding Get(string name) => Known.GetOrAdd(name, n => new TokenEncoding(n));

    public long Count(ReadOnlySpan<byte> utf8, bool allowSpecial = false) => Encode(utf8, allowSpecial).Length;

    public long Count(ReadOnlySpan<char> text, bool allowSpecial = false) => Encode(text, allowSpecial).Length;

    public int[] Encode(ReadOnlySpan<char> text, bool allowSpecial = false) => Encode(Encoding.UTF8.GetBytes(text.ToArray()), allowSpecial);

    public int[] Encode(ReadOnlySpan<byte> utf8, bool allowSpecial = false)
    {
        List<int> ids = [];
        int at = 0;
        int[] room = new int[utf8.Length];
        while (at < utf8.Length)
        {
            int end = _isCl ? Cl100kPreTokenizer.Next(utf8, at) : O200kPreTokenizer.Next(utf8, at);
            int count = _engine.EncodePreToken(utf8.Slice(at, end - at), room);
            ids.AddRange(room.Take(count));
            at = end;
        }
        return [.. ids];
    }

    public bool TryGetBytes(int id, out ReadOnlyMemory<byte> bytes)
    {
        bool known = id >= 0 && id < _vocabulary.Count;
        bytes = known ? _vocabulary.Bytes(id).ToArray() : default;
        return known;
    }
}
