using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// How long the tokens are that begin with some bytes: for the first three of a text the lengths 3 to 5, for the first six those from 6 on, as a bit
/// each. The longest token at a place is found by asking <see cref="TokenTable"/> for these lengths alone, so that no tree of all tokens is
/// needed. Two beginnings may share a set: then a length is asked for in vain. Made when a text first needs it: few have pre-tokens so long.
/// </summary>
internal sealed class PrefixTable
{
    /// <summary>The beginning of a search.</summary>
    public const int Begin = -2;

    // The bit that says that there are tokens too long for the table.
    private const int LongBit = TokenKey.MaxLength + 1;
    private const int None = -1;

    private const int ShortPrefix = 3;
    private const int LongPrefix = 6;
    private const int ShortBits = 16;
    private const int LongBits = 17;
    private const int ChainBits = 14;

    private readonly Vocabulary _vocabulary;
    private readonly TokenTable _table;
    private readonly byte[] _short = new byte[1 << ShortBits];
    private readonly ushort[] _long = new ushort[1 << LongBits];

    // The tokens too long for the table by their first bytes: the longest that begins so, and for each the next shorter, as indices of _longIds.
    private readonly int[] _longest = new int[1 << ChainBits];
    private readonly int[] _longIds;
    private readonly int[] _longLengths;
    private readonly int[] _shorter;

    public PrefixTable(Vocabulary vocabulary, TokenTable table)
    {
        _vocabulary = vocabulary;
        _table = table;
        _longIds = AddAll();
        _longLengths = Array.ConvertAll(_longIds, vocabulary.Length);
        _shorter = new int[_longIds.Length];
        _longest.AsSpan().Fill(None);
        for (int i = 0; i < _longIds.Length; i++)
        {
            ref int longest = ref _longest[Chain(ref vocabulary.First(_longIds[i]))];
            _shorter[i] = longest;
            longest = i;
        }
    }

    /// <summary>
    /// The longest token of at most <paramref name="most"/> bytes that the text at <paramref name="first"/> begins with. There always is one: each
    /// byte is a token. <see cref="TokenKey.Window"/> bytes have to be readable.
    /// </summary>
    /// <param name="first">Where the text begins.</param>
    /// <param name="most">At least 1.</param>
    /// <param name="next">Where the search goes on that asks for ever shorter ones of a text: at first <see cref="Begin"/>.</param>
    [MethodImpl(Jit.Hot)]
    public int Longest(ref byte first, int most, ref int next)
    {
        ulong low = Unsafe.ReadUnaligned<ulong>(ref first);
        ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, sizeof(ulong)));
        // Those of two bytes are asked for always.
        uint lengths = 0b100u
            | Unsafe.Add(ref MemoryMarshal.GetReference(_short.AsSpan()), ShortHash(low))
            | Unsafe.Add(ref MemoryMarshal.GetReference(_long.AsSpan()), LongHash(low));
        if (most > TokenKey.MaxLength && (lengths >> LongBit) != 0)
        {
            int id = LongestLong(ref first, most, ref next);
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

    [MethodImpl(Jit.Hot)]
    private int LongestLong(ref byte first, int most, ref int next)
    {
        int i = next == Begin ? _longest[Chain(ref first)] : next;
        while (i != None && !(_longLengths[i] <= most && LongTokens.Same(_vocabulary, ref first, _longIds[i], _longLengths[i])))
        {
            i = _shorter[i];
        }
        next = i != None ? _shorter[i] : None;
        return i != None ? _longIds[i] : None;
    }

    // Returns the long ones, the shortest first.
    [MethodImpl(Jit.Hot)]
    private int[] AddAll()
    {
        List<int> longIds = [];
        for (int id = Vocabulary.Singles; id < _vocabulary.Count; id++)
        {
            int length = _vocabulary.Length(id);
            ulong low = Unsafe.ReadUnaligned<ulong>(ref _vocabulary.First(id));
            if (length >= LongPrefix)
            {
                _long[LongHash(low)] |= (ushort)(1 << Math.Min(length, LongBit));
            }
            else if (length >= ShortPrefix)
            {
                _short[ShortHash(low)] |= (byte)(1 << length);
            }
            if (length > TokenKey.MaxLength)
            {
                longIds.Add(id);
            }
        }
        int[] ids = longIds.ToArray();
        Array.Sort(Array.ConvertAll(ids, _vocabulary.Length), ids);
        return ids;
    }

    private static int ShortHash(ulong low) => (int)(((low << (64 - 8 * ShortPrefix)) * HashMultipliers.Golden) >> (64 - ShortBits));

    private static int LongHash(ulong low) => (int)(((low << (64 - 8 * LongPrefix)) * HashMultipliers.Golden) >> (64 - LongBits));

    private static int Chain(ref byte first) => TokenKey.Read(ref first, TokenKey.MaxLength).Hash(ChainBits);
}
