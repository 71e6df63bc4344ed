using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>Finds tokens by their bytes, the longest that a text begins with, and what two make together: all that encoding asks of a vocabulary.</summary>
internal sealed class TokenIndex
{
    private readonly Vocabulary _vocabulary;
    private readonly TokenTable _table;
    private readonly PairTable _pairs;
    private readonly PrefixTable _prefixes = new();
    private readonly CharTokens _chars = new();
    private readonly LongTokens _long;

    public TokenIndex(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        // Three quarters full: small is faster here than few steps, for what is asked for most stands where it is looked for first.
        int bits = Bits.Highest((uint)vocabulary.Count) + 1;
        _table = new TokenTable(bits);
        _pairs = new PairTable(bits);
        _long = new LongTokens(vocabulary, AddAll());
        Merger = new RankMerger(vocabulary, _chars, _pairs);
    }

    /// <summary>The tokens themselves.</summary>
    public Vocabulary Vocabulary => _vocabulary;

    /// <summary>What encodes the short ones of those that are no token.</summary>
    public RankMerger Merger { get; }

    /// <summary>The id of a token of up to <see cref="TokenKey.MaxLength"/> bytes; -1 where these are none.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(TokenKey key) => _table.Find(key);

    /// <summary>The id of a longer token; -1 where these bytes are none.</summary>
    public int FindLong(ref byte first, int length) => _long.Find(ref first, length);

    /// <summary>
    /// The longest token of at most <paramref name="most"/> bytes that the text at <paramref name="first"/> begins with. There always is one: each
    /// byte is a token. <see cref="TokenKey.Window"/> bytes have to be readable.
    /// </summary>
    public int Longest(ref byte first, int most)
    {
        ulong low = Unsafe.ReadUnaligned<ulong>(ref first);
        ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, sizeof(ulong)));
        uint lengths = _prefixes.Lengths(low) | 0b100;
        if (most > TokenKey.MaxLength && (lengths >> PrefixTable.LongBit) != 0)
        {
            int id = _long.Longest(ref first, most);
            if (id >= 0)
            {
                return id;
            }
        }
        lengths &= (1u << (Math.Min(most, TokenKey.MaxLength) + 1)) - 1;
        while (lengths != 0)
        {
            int length = Bits.Highest(lengths);
            int id = _table.Find(TokenKey.Cut(low, high, length));
            if (id >= 0)
            {
                return id;
            }
            lengths ^= 1u << length;
        }
        return _vocabulary.ByteIds[first];
    }

    /// <summary>
    /// Whether two tokens that follow each other stay so, given that each is what its own bytes are encoded as: whether no merge reaches over the
    /// seam. Looks at the seam as it was before each merge beside it, the last first: what stands there would have been merged if its merge had
    /// come before the next one beside it. Of two equal merges the left one comes first.
    /// </summary>
    public bool Stay(int left, int right)
    {
        Merge[] merges = _vocabulary.Merges;
        int next = int.MaxValue;
        while (true)
        {
            if (_pairs.Find(left, right) < next)
            {
                return false;
            }
            if (left > right)
            {
                if (left < Vocabulary.Singles)
                {
                    return true;
                }
                next = left;
                left = merges[left].Right;
            }
            else
            {
                if (right < Vocabulary.Singles)
                {
                    return true;
                }
                next = right + 1;
                right = merges[right].Left;
            }
        }
    }

    // Returns the long ones, sorted by their length.
    [MethodImpl(Jit.Hot)]
    private int[] AddAll()
    {
        List<int> longIds = [];
        Vocabulary vocabulary = _vocabulary;
        for (int id = 0; id < vocabulary.Count; id++)
        {
            ref byte first = ref vocabulary.First(id);
            int length = vocabulary.Length(id);
            _chars.Add(vocabulary.Bytes(id), id);
            _prefixes.Add(Unsafe.ReadUnaligned<ulong>(ref first), length);
            if (length <= TokenKey.MaxLength)
            {
                _table.Add(TokenKey.Read(ref first, length), id);
            }
            else
            {
                longIds.Add(id);
            }
            if (id >= Vocabulary.Singles)
            {
                _pairs.Add(vocabulary.Merges[id], id);
            }
        }
        int[] ids = longIds.ToArray();
        int[] lengths = Array.ConvertAll(ids, vocabulary.Length);
        Array.Sort(lengths, ids);
        return ids;
    }
}
