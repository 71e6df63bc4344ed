using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// Encodes a short pre-token that is no token itself as the definition says: of all neighbours that make a token together those that make the lowest
/// become one, until none do. It begins with characters where it can, and has all parts in one word's bits.
/// </summary>
internal sealed class RankMerger
{
    /// <summary>How many parts a text can have: of one with more only the beginning is encoded.</summary>
    public const int MaxParts = 64;

    // A key is the id of what two parts make, and the index of the left one: the lowest is the merge to make, and of equal ones the leftmost.
    private const int IndexBits = 6;

    private readonly Vocabulary _vocabulary;
    private readonly CharTokens _chars;
    private readonly PairTable _pairs;

    public RankMerger(Vocabulary vocabulary, CharTokens chars, PairTable pairs)
    {
        _vocabulary = vocabulary;
        _chars = chars;
        _pairs = pairs;
    }

    /// <summary>
    /// Encodes a text, or as much of its beginning as there is room for. Returns a bit for each of the parts that are left, whose ids stand in the room at
    /// the bits' indices. Four bytes behind the text must be readable.
    /// </summary>
    /// <param name="text">The first byte.</param>
    /// <param name="length">How many there are, at least 1.</param>
    /// <param name="room">Where to work.</param>
    /// <param name="taken">How many bytes are encoded.</param>
    [MethodImpl(Jit.Hot)]
    public ulong Encode(ref byte text, int length, ref MergeRoom room, out int taken)
    {
        ref int ids = ref room.Ids;
        ref uint keys = ref room.Keys;
        int count = Split(ref text, length, ref ids, MaxParts, out taken);
        ulong alive = ulong.MaxValue >> (MaxParts - count);
        int pairs = count - 1;
        for (int i = 0; i < pairs; i++)
        {
            Unsafe.Add(ref keys, i) = Key(Unsafe.Add(ref ids, i), Unsafe.Add(ref ids, i + 1), i);
        }
        KeyRow.Pad(ref keys, pairs);
        while (KeyRow.Lowest(ref keys, pairs) is uint best && best != KeyRow.None)
        {
            int at = (int)best & (MaxParts - 1);
            int made = (int)(best >> IndexBits);
            Unsafe.Add(ref ids, at) = made;
            ulong after = alive & (ulong.MaxValue << at << 1);
            int right = Bits.Lowest(after);
            alive &= ~(1UL << right);
            Unsafe.Add(ref keys, right) = KeyRow.None;
            after &= after - 1;
            Unsafe.Add(ref keys, at) = after != 0 ? Key(made, Unsafe.Add(ref ids, Bits.Lowest(after)), at) : KeyRow.None;
            ulong before = alive & ~(ulong.MaxValue << at);
            if (before != 0)
            {
                int left = Bits.Highest(before);
                Unsafe.Add(ref keys, left) = Key(Unsafe.Add(ref ids, left), made, left);
            }
        }
        return alive;
    }

    [MethodImpl(Jit.Inline)]
    private uint Key(int left, int right, int index)
    {
        int made = _pairs.Find(left, right);
        return made == int.MaxValue ? KeyRow.None : ((uint)made << IndexBits) | (uint)index;
    }

    /// <summary>
    /// Writes the parts to begin with, characters, and the bytes of those that are no token or may be merged in part, up to <paramref name="most"/>;
    /// returns how many there are.
    /// </summary>
    [MethodImpl(Jit.Hot)]
    public int Split(ref byte text, int length, ref int ids, int most, out int taken)
    {
        int[] byteIds = _vocabulary.ByteIds;
        int count = 0;
        int at = 0;
        // Whether something may be merged over the seam before this character.
        bool isRisky = false;
        while (at < length && count < most)
        {
            byte first = Unsafe.Add(ref text, at);
            if (first < 0x80)
            {
                Unsafe.Add(ref ids, count++) = byteIds[first];
                at++;
                isRisky = at < length && _chars.IsRisky(first, Unsafe.Add(ref text, at));
                continue;
            }
            uint bytes = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, at));
            int size = Utf8Sequence.Length(first);
            int end = at + size;
            if (count + size > most)
            {
                break;
            }
            if (end > length || !IsCharacter(bytes, size))
            {
                return SplitBytes(ref text, length, ref ids, most, out taken);
            }
            bool isRiskyBefore = isRisky;
            isRisky = end < length && _chars.IsRisky(Unsafe.Add(ref text, end - 1), Unsafe.Add(ref text, end));
            int id = _chars.Find(bytes, size);
            if (id >= 0 && !(isRisky | isRiskyBefore))
            {
                Unsafe.Add(ref ids, count++) = id;
                at = end;
                continue;
            }
            for (; at < end; at++)
            {
                Unsafe.Add(ref ids, count++) = byteIds[Unsafe.Add(ref text, at)];
            }
        }
        taken = at;
        return count;
    }

    // What is no UTF-8 begins with bytes.
    private int SplitBytes(ref byte text, int length, ref int ids, int most, out int taken)
    {
        taken = Math.Min(length, most);
        for (int i = 0; i < taken; i++)
        {
            Unsafe.Add(ref ids, i) = _vocabulary.ByteIds[Unsafe.Add(ref text, i)];
        }
        return taken;
    }

    [MethodImpl(Jit.Inline)]
    private static bool IsCharacter(uint bytes, int size) => size switch
    {
        2 => (bytes & 0xC000) == 0x8000,
        3 => (bytes & 0xC0C000) == 0x808000,
        4 => (bytes & 0xC0C0C000) == 0x80808000,
        _ => false,
    };
}
