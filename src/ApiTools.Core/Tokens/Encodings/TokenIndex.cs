using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>Finds tokens by their bytes, the longest that a text begins with, and what two make together: all that encoding asks of a vocabulary.</summary>
internal sealed class TokenIndex
{
    private readonly Vocabulary _vocabulary;
    private readonly TokenTable _table;
    private readonly PairTable _pairs;
    private readonly LongTokens _long;
    private PrefixTable? _prefixes;

    public TokenIndex(Vocabulary vocabulary)
    {
        // Three quarters full: small is faster here than few steps, for what is asked for most stands where it is looked for first.
        int bits = Bits.Highest((uint)vocabulary.Count) + 1;
        _vocabulary = vocabulary;
        _table = new TokenTable(vocabulary, bits);
        _pairs = new PairTable(vocabulary, bits);
        _long = new LongTokens(vocabulary);
        Merger = new RankMerger(vocabulary, new CharTokens(vocabulary), _pairs);
        Stretches = new StretchMerger(Merger, _pairs);
    }

    /// <summary>The tokens themselves.</summary>
    public Vocabulary Vocabulary => _vocabulary;

    /// <summary>What encodes the short ones of those that are no token.</summary>
    public RankMerger Merger { get; }

    /// <summary>What encodes a stretch of a long one.</summary>
    public StretchMerger Stretches { get; }

    /// <summary>The id of a token of up to <see cref="TokenKey.MaxLength"/> bytes; -1 where these are none.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(TokenKey key) => _table.Find(key);

    /// <summary>The id of a longer token; -1 where these bytes are none.</summary>
    public int FindLong(ref byte first, int length) => _long.Find(ref first, length);

    /// <summary>What finds the longest token that a text begins with; made when it is first asked for, by two threads perhaps.</summary>
    public PrefixTable Prefixes => _prefixes ??= new PrefixTable(_vocabulary, _table);

    /// <summary>
    /// Whether two tokens that follow each other stay so, given that each is what its own bytes are encoded as: whether no merge reaches over the
    /// seam. Looks at the seam as it was before each merge beside it, the last first: what stands there would have been merged if its merge had
    /// come before the next one beside it. Of two equal merges the left one comes first.
    /// </summary>
    [MethodImpl(Jit.Hot)]
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
}
