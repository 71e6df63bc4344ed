using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>The few tokens of more than <see cref="TokenKey.MaxLength"/> bytes: runs of blanks and signs, long words, addresses.</summary>
internal sealed class LongTokens
{
    private const int Bits = 15;
    private const int None = -1;

    private readonly Vocabulary _vocabulary;

    // Open addressing by the whole of a token: an id or none.
    private readonly int[] _ids = new int[1 << Bits];

    public LongTokens(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _ids.AsSpan().Fill(None);
        AddAll();
    }

    /// <summary>The id of these bytes, of which there are more than <see cref="TokenKey.MaxLength"/>; -1 where they are no token.</summary>
    public int Find(ref byte first, int length)
    {
        for (int at = Place(ref first, length); ; at = (at + 1) & (_ids.Length - 1))
        {
            int id = _ids[at];
            if (id == None || (_vocabulary.Length(id) == length && Same(_vocabulary, ref first, id, length)))
            {
                return id;
            }
        }
    }

    [MethodImpl(Jit.Hot)]
    private void AddAll()
    {
        for (int id = Vocabulary.Singles; id < _vocabulary.Count; id++)
        {
            int length = _vocabulary.Length(id);
            if (length <= TokenKey.MaxLength)
            {
                continue;
            }
            int at = Place(ref _vocabulary.First(id), length);
            while (_ids[at] != None)
            {
                at = (at + 1) & (_ids.Length - 1);
            }
            _ids[at] = id;
        }
    }

    /// <summary>Whether the text at <paramref name="first"/> has the bytes of a token of so many, at least eight.</summary>
    public static bool Same(Vocabulary vocabulary, ref byte first, int id, int length)
    {
        ref byte other = ref vocabulary.First(id);
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

    private static int Place(ref byte first, int length)
    {
        ulong hash = (Word(ref first, 0) ^ (uint)length) * HashMultipliers.Golden + Word(ref first, length - sizeof(ulong));
        return (int)((hash * HashMultipliers.Golden) >> (64 - Bits));
    }

    private static ulong Word(ref byte first, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
}
