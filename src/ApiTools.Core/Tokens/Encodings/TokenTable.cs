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
    private readonly TokenSlot[] _slots;
    private readonly int _bits;

    /// <summary>A table of 2 to the power of <paramref name="bits"/> entries.</summary>
    public TokenTable(int bits)
    {
        _bits = bits;
        _slots = new TokenSlot[1 << bits];
    }

    [MethodImpl(Jit.Inline)]
    public void Add(TokenKey key, int id)
    {
        TokenSlot[] slots = _slots;
        int at = key.Hash(_bits);
        while (!slots[at].IsEmpty)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        slots[at] = new TokenSlot(key, id);
    }

    /// <summary>The id of these bytes; -1 where they are no token.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(TokenKey key)
    {
        int mask = _slots.Length - 1;
        ref TokenSlot first = ref MemoryMarshal.GetReference(_slots.AsSpan());
        int at = key.Hash(_bits);
        while (true)
        {
            ref TokenSlot slot = ref Unsafe.Add(ref first, at);
            if (slot.Has(key))
            {
                return slot.Value;
            }
            if (slot.IsEmpty)
            {
                return -1;
            }
            at = (at + 1) & mask;
        }
    }
}
