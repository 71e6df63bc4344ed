using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// The tokens of up to <see cref="TokenKey.MaxLength"/> bytes by their bytes: a hash table of 16 bytes an entry that holds the bytes themselves,
/// so that one cache line decides. Tokens come in by their rank, which for the most part is how frequent they are: the frequent stand where
/// their hash says.
/// </summary>
internal sealed class TokenTable
{
    private const int IdShift = 40;
    private const ulong IdMask = 0xFFFFFUL << IdShift;

    private readonly Slot[] _slots;
    private readonly int _bits;

    /// <summary>A table of 2 to the power of <paramref name="bits"/> entries.</summary>
    public TokenTable(int bits)
    {
        _bits = bits;
        _slots = new Slot[1 << bits];
    }

    [MethodImpl(Jit.Inline)]
    public void Add(TokenKey key, int id)
    {
        Slot[] slots = _slots;
        int at = key.Hash(_bits);
        while (slots[at].High != 0)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        slots[at].Low = key.Low;
        slots[at].High = key.High | ((ulong)id << IdShift);
    }

    /// <summary>The id of these bytes; -1 where they are no token.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(TokenKey key)
    {
        int mask = _slots.Length - 1;
        ref Slot first = ref MemoryMarshal.GetReference(_slots.AsSpan());
        int at = key.Hash(_bits);
        while (true)
        {
            ref Slot slot = ref Unsafe.Add(ref first, at);
            ulong high = slot.High;
            if (slot.Low == key.Low && (high & ~IdMask) == key.High)
            {
                return (int)((high & IdMask) >> IdShift);
            }
            if (high == 0)
            {
                return -1;
            }
            at = (at + 1) & mask;
        }
    }

    private struct Slot
    {
        public ulong Low;
        public ulong High;
    }
}
