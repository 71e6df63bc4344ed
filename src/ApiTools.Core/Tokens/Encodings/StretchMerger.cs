using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// <see cref="RankMerger"/> for a stretch of a long text: as many parts as the longest token has bytes, twice over, so that what comes out is right but for
/// its end. The parts are a list of their neighbours' indices.
/// </summary>
internal sealed class StretchMerger
{
    /// <summary>How many parts a stretch has at most.</summary>
    public const int MaxParts = 256;

    private const int IndexBits = 8;
    private const int None = -1;

    private readonly RankMerger _merger;
    private readonly PairTable _pairs;

    public StretchMerger(RankMerger merger, PairTable pairs)
    {
        _merger = merger;
        _pairs = pairs;
    }

    /// <summary>
    /// Encodes a text, or as much of its beginning as there is room for: returns how many tokens it is, whose ids stand first in the room. Four bytes
    /// behind the text must be readable.
    /// </summary>
    /// <param name="text">The first byte.</param>
    /// <param name="length">How many there are, at least 1.</param>
    /// <param name="room">Where to work.</param>
    /// <param name="taken">How many bytes are encoded.</param>
    [MethodImpl(Jit.Hot)]
    public int Encode(ref byte text, int length, StretchRoom room, out int taken)
    {
        int count = _merger.Split(ref text, length, ref room.Ids[0], MaxParts, out taken);
        Span<int> ids = room.Ids;
        Span<uint> keys = room.Keys;
        Span<int> next = room.Next;
        Span<int> previous = room.Previous;
        int pairs = count - 1;
        for (int i = 0; i < count; i++)
        {
            previous[i] = i - 1;
            next[i] = i < pairs ? i + 1 : None;
            keys[i] = i < pairs ? Key(ids[i], ids[i + 1], i) : KeyRow.None;
        }
        KeyRow.Pad(ref keys[0], pairs);
        while (KeyRow.Lowest(ref keys[0], pairs) is uint best && best != KeyRow.None)
        {
            int at = (int)best & (MaxParts - 1);
            int right = next[at];
            ids[at] = (int)(best >> IndexBits);
            keys[right] = KeyRow.None;
            int after = next[right];
            next[at] = after;
            keys[at] = KeyRow.None;
            if (after != None)
            {
                previous[after] = at;
                keys[at] = Key(ids[at], ids[after], at);
            }
            int before = previous[at];
            if (before != None)
            {
                keys[before] = Key(ids[before], ids[at], before);
            }
        }
        int left = 0;
        for (int at = 0; at != None; at = next[at])
        {
            ids[left++] = ids[at];
        }
        return left;
    }

    [MethodImpl(Jit.Inline)]
    private uint Key(int left, int right, int index)
    {
        int made = _pairs.Find(left, right);
        return made == int.MaxValue ? KeyRow.None : ((uint)made << IndexBits) | (uint)index;
    }
}
