using System.Globalization;
using System.Text;

namespace ApiTools.Tokens;

/// <summary>
/// The tokens that no text is encoded as, unless it is allowed: those of tiktoken (tiktoken_ext/openai_public.py) for cl100k_base and o200k_base,
/// and of openai-harmony (src/tiktoken_ext/public_encodings.rs) for o200k_harmony.
/// </summary>
internal sealed class SpecialTokens
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    // In the order of their bytes, so that one of a thousand is found by halving.
    private readonly List<(byte[] Text, int Id)> _texts = [];

    // Of an id that has two texts, the first.
    private readonly Dictionary<int, byte[]> _bytes = [];

    private SpecialTokens()
    {
    }

    /// <summary>The id of each by its text.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>How many bytes the longest has.</summary>
    public int MaxLength { get; private set; }

    /// <summary>Those of an encoding.</summary>
    public static SpecialTokens Of(string encoding)
    {
        SpecialTokens tokens = new();
        switch (encoding)
        {
            case ModelEncodings.Cl100k:
                tokens.Add("<|endoftext|>", 100257);
                tokens.Add("<|fim_prefix|>", 100258);
                tokens.Add("<|fim_middle|>", 100259);
                tokens.Add("<|fim_suffix|>", 100260);
                tokens.Add("<|endofprompt|>", 100276);
                break;
            case ModelEncodings.O200k:
                tokens.Add("<|endoftext|>", 199999);
                tokens.Add("<|endofprompt|>", 200018);
                break;
            default:
                tokens.AddHarmony();
                break;
        }
        return tokens;
    }

    /// <summary>The bytes of a special token; null where the id is none's.</summary>
    public byte[]? Bytes(int id) => _bytes.TryGetValue(id, out byte[]? text) ? text : null;

    /// <summary>Where the first special token begins, its length and its id; -1 where there is none.</summary>
    public int Find(ReadOnlySpan<byte> utf8, out int length, out int id)
    {
        int from = 0;
        while (utf8.Slice(from).IndexOf("<|"u8) is int found && found >= 0)
        {
            from += found;
            length = LengthAt(utf8.Slice(from));
            if (length > 0 && FirstFrom(utf8.Slice(from, length)) is int at && at < _texts.Count && utf8.Slice(from, length).SequenceEqual(_texts[at].Text))
            {
                id = _texts[at].Id;
                return from;
            }
            from++;
        }
        length = 0;
        id = -1;
        return -1;
    }

    /// <summary>Where the end of a text begins that may go on as a special token; the text's length where none does.</summary>
    public int UnfinishedStart(ReadOnlySpan<byte> utf8)
    {
        for (int at = Math.Max(0, utf8.Length - MaxLength + 1); at < utf8.Length; at++)
        {
            if (utf8[at] != '<')
            {
                continue;
            }
            int first = FirstFrom(utf8.Slice(at));
            if (first < _texts.Count && _texts[first].Text.AsSpan().StartsWith(utf8.Slice(at)))
            {
                return at;
            }
        }
        return utf8.Length;
    }

    // All are <|name|>: how long the one would be that begins a text; 0 where it cannot be one.
    private int LengthAt(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> name = utf8.Slice(2, Math.Min(utf8.Length, MaxLength) - 2);
        int end = name.IndexOf((byte)'|');
        return end >= 0 && end + 1 < name.Length && name[end + 1] == '>' ? end + 4 : 0;
    }

    // The first text that is not before another in the order of bytes; of those that begin with it, it is the first.
    private int FirstFrom(ReadOnlySpan<byte> utf8)
    {
        int low = 0;
        int high = _texts.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = utf8.SequenceCompareTo(_texts[middle].Text) > 0 ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private void AddHarmony()
    {
        const int FirstReserved = 200013;
        const int LastReserved = 201088;
        Add("<|startoftext|>", 199998);
        Add("<|endoftext|>", 199999);
        Add("<|reserved_200000|>", 200000);
        Add("<|reserved_200001|>", 200001);
        Add("<|return|>", 200002);
        Add("<|constrain|>", 200003);
        Add("<|reserved_200004|>", 200004);
        Add("<|channel|>", 200005);
        Add("<|start|>", 200006);
        Add("<|end|>", 200007);
        Add("<|message|>", 200008);
        Add("<|reserved_200009|>", 200009);
        Add("<|reserved_200010|>", 200010);
        Add("<|reserved_200011|>", 200011);
        Add("<|call|>", 200012);
        for (int id = FirstReserved; id <= LastReserved; id++)
        {
            Add("<|reserved_" + id.ToString(CultureInfo.InvariantCulture) + "|>", id);
        }
        // tiktoken's o200k_harmony keeps o200k_base's name for it, beside the reserved one.
        Add("<|endofprompt|>", 200018);
    }

    private void Add(string text, int id)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _ids.Add(text, id);
        _texts.Insert(FirstFrom(bytes), (bytes, id));
        _bytes[id] = Bytes(id) ?? bytes;
        MaxLength = Math.Max(MaxLength, bytes.Length);
    }
}
