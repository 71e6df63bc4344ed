using System.Buffers;
using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// An encoding of OpenAI's, exact for every text: how many tokens it is, their ids, and the bytes back. UTF-8 has to be well-formed; in
/// UTF-16 half a surrogate pair counts as U+FFFD, as with tiktoken. Thread-safe.
/// </summary>
internal sealed class TokenEncoding
{
    private static readonly Lazy<BpeEngine> Cl100kEngine = Engine(ModelEncodings.Cl100k);
    private static readonly Lazy<BpeEngine> O200kEngine = Engine(ModelEncodings.O200k);

    private static readonly Dictionary<string, Lazy<TokenEncoding>> ByName = new(StringComparer.Ordinal)
    {
        [ModelEncodings.O200k] = new(() => new(ModelEncodings.O200k, O200kEngine.Value)),
        [ModelEncodings.Harmony] = new(() => new(ModelEncodings.Harmony, O200kEngine.Value)),
        [ModelEncodings.Cl100k] = new(() => new(ModelEncodings.Cl100k, Cl100kEngine.Value)),
    };

    [ThreadStatic]
    private static TokenCounter? _counter;

    private readonly BpeEngine _engine;
    private readonly SpecialTokens _special;

    private TokenEncoding(string name, BpeEngine engine)
    {
        Name = name;
        _engine = engine;
        _special = ApiTools.Tokens.SpecialTokens.Of(name);
        VocabularySize = _special.Ids.Values.Max() + 1;
    }

    /// <summary>The encodings' names.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Its name in tiktoken.</summary>
    public string Name { get; }

    /// <summary>The highest id and one, as tiktoken's n_vocab: some below may be nobody's.</summary>
    public int VocabularySize { get; }

    /// <summary>The id of each special token by its text.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens => _special.Ids;

    /// <summary>The special tokens, to look for.</summary>
    internal SpecialTokens Special => _special;

    /// <summary>An encoding by its name; read when it is first asked for, and then kept.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static TokenEncoding Get(string name) =>
        ByName.TryGetValue(name, out Lazy<TokenEncoding>? encoding)
            ? encoding.Value
            : throw new ArgumentException($"There is no encoding '{name}', only {string.Join(", ", ByName.Keys)}.", nameof(name));

    /// <summary>How many tokens a text is; special tokens in it are text.</summary>
    public long Count(ReadOnlySpan<byte> utf8) => _engine.Count(utf8);

    /// <summary>How many tokens a text is.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public long Count(ReadOnlySpan<byte> utf8, bool allowSpecial)
    {
        long count = 0;
        if (allowSpecial)
        {
            while (_special.Find(utf8, out int length, out _) is int at && at >= 0)
            {
                count += Count(utf8.Slice(0, at)) + 1;
                utf8 = utf8.Slice(at + length);
            }
        }
        return count + Count(utf8);
    }

    /// <summary>How many tokens a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    [SkipLocalsInit]
    public long Count(ReadOnlySpan<char> text, bool allowSpecial = false)
    {
        const int MaxOnStack = 512;
        if (text.Length <= MaxOnStack)
        {
            Span<byte> utf8 = stackalloc byte[3 * MaxOnStack];
            return Count(utf8.Slice(0, Utf8Bytes.Write(text, utf8)), allowSpecial);
        }
        // One for each thread, with its room: a count allocates nothing.
        TokenCounter counter = _counter ??= new TokenCounter();
        counter.Begin(this, allowSpecial);
        counter.Add(text);
        return counter.Complete();
    }

    /// <summary>Writes the ids of a text's tokens.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="ids">Where they go.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<int> ids, bool allowSpecial = false)
    {
        if (allowSpecial)
        {
            while (_special.Find(utf8, out int length, out int id) is int at && at >= 0)
            {
                _engine.Encode(utf8.Slice(0, at), ids);
                ids.GetSpan(1)[0] = id;
                ids.Advance(1);
                utf8 = utf8.Slice(at + length);
            }
        }
        _engine.Encode(utf8, ids);
    }

    /// <summary>Adds the ids of a text's tokens to a list.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="ids">Where they go.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public void Encode(ReadOnlySpan<byte> utf8, List<int> ids, bool allowSpecial = false) => Encode(utf8, new ListWriter(ids), allowSpecial);

    /// <summary>The bytes of a token, which need not be whole code points; false where the id is no token's.</summary>
    public bool TryGetBytes(int id, out ReadOnlySpan<byte> bytes)
    {
        Vocabulary vocabulary = _engine.Vocabulary;
        bytes = (uint)id < (uint)vocabulary.Count ? vocabulary.Bytes(id) : _special.Bytes(id);
        return !bytes.IsEmpty;
    }

    private static Lazy<BpeEngine> Engine(string name) => new(() => new BpeEngine(new TokenIndex(Vocabulary.Read(name)), isO200k: name == ModelEncodings.O200k));
}
