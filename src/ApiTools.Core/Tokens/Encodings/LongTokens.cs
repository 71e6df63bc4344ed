using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>The few tokens of more than <see cref="TokenKey.MaxLength"/> bytes: runs of blanks and signs, long words, addresses.</summary>
internal sealed class LongTokens
{
    private const int Bits = 15;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const int None = -1;

    private readonly Vocabulary _vocabulary;

    // By the whole of a token: open addressing, an id or none.
    private readonly int[] _whole = new int[1 << Bits];

    // By its first bytes: the longest that begins so, and for each the next shorter, as indices of _ids.
    private readonly int[] _longest = new int[1 << Bits];
    private readonly int[] _shorter;
    private readonly int[] _ids;

    /// <summary>An index of these, which are sorted by their length, the shortest first.</summary>
    public LongTokens(Vocabulary vocabulary, int[] ids)
    {
        _vocabulary = vocabulary;
        _ids = ids;
        _shorter = new int[ids.Length];
        _whole.AsSpan().Fill(None);
        _longest.AsSpan().Fill(None);
        for (int i = 0; i < ids.Length; i++)
        {
            ref byte first = ref vocabulary.First(ids[i]);
            int at = Whole(ref first, vocabulary.Length(ids[i]));
            while (_whole[at] != None)
            {
                at = (at + 1) & (_whole.Length - 1);
            }
            _whole[at] = ids[i];
            int prefix = Prefix(ref first);
            _shorter[i] = _longest[prefix];
            _longest[prefix] = i;
        }
    }

    /// <summary>The id of these bytes, of which there are more than <see cref="TokenKey.MaxLength"/>; -1 where they are no token.</summary>
    public int Find(ref byte first, int length)
    {
        for (int at = Whole(ref first, length); ; at = (at + 1) & (_whole.Length - 1))
        {
            int id = _whole[at];
            if (id == None || (_vocabulary.Length(id) == length && Same(ref first, id, length)))
            {
                return id;
            }
        }
    }

    /// <summary>The longest of at most <paramref name="most"/> bytes that the text at <paramref name="first"/> begins with; -1 where it begins with none.</summary>
    public int Longest(ref byte first, int most)
    {
        for (int i = _longest[Prefix(ref first)]; i != None; i = _shorter[i])
        {
            int id = _ids[i];
            int length = _vocabulary.Length(id);
            if (length <= most && Same(ref first, id, length))
            {
                return id;
            }
        }
        return None;
    }

    private bool Same(ref byte first, int id, int length)
    {
        ref byte other = ref _vocabulary.First(id);
        int at = 0;
        for (; at + sizeof(ulong) <= length; at += sizeof(ulong))
        {
            if (Word(ref first, at) != Word(ref other, at))
            {
                return false;
            }
        }
        // Its last eight, whatever of them has been compared before.
        return Word(ref first, length - sizeof(ulong)) == Word(ref other, length - sizeof(ulong));
    }

    private static int Whole(ref byte first, int length)
    {
        ulong hash = (Word(ref first, 0) ^ (uint)length) * Multiplier + Word(ref first, length - sizeof(ulong));
        return (int)((hash * Multiplier) >> (64 - Bits));
    }

    private static int Prefix(ref byte first) => TokenKey.Read(ref first, TokenKey.MaxLength).Hash(Bits);

    private static ulong Word(ref byte first, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
}
