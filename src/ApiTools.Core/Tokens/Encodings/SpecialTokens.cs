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
    private readonly List<byte[]> _texts = [];
    private readonly List<int> _textIds = [];

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
    public byte[]? Bytes(int id)
    {
        int at = _textIds.IndexOf(id);
        return at < 0 ? null : _texts[at];
    }

    /// <summary>Where the first special token begins, its length and its id; -1 where there is none.</summary>
    public int Find(ReadOnlySpan<byte> utf8, out int length, out int id)
    {
        int from = 0;
        while (utf8.Slice(from).IndexOf("<|"u8) is int found && found >= 0)
        {
            from += found;
            for (int i = 0; i < _texts.Count; i++)
            {
                if (utf8.Slice(from).StartsWith(_texts[i]))
                {
                    length = _texts[i].Length;
                    id = _textIds[i];
                    return from;
                }
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
            foreach (byte[] text in _texts)
            {
                if (text.AsSpan().StartsWith(utf8.Slice(at)))
                {
                    return at;
                }
            }
        }
        return utf8.Length;
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
        _texts.Add(bytes);
        _textIds.Add(id);
        MaxLength = Math.Max(MaxLength, bytes.Length);
    }
}
