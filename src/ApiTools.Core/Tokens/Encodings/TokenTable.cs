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

    /// <summary>A table of 2 to the power of <paramref name="bits"/> entries, more than there are tokens.</summary>
    public TokenTable(Vocabulary vocabulary, int bits)
    {
        _bits = bits;
        _slots = new TokenSlot[1 << bits];
        AddAll(vocabulary);
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

    [MethodImpl(Jit.Hot)]
    private void AddAll(Vocabulary vocabulary)
    {
        TokenSlot[] slots = _slots;
        Span<int> places = stackalloc int[Prefetch.Block];
        for (int start = 0; start < vocabulary.Count; start += Prefetch.Block)
        {
            int count = Math.Min(Prefetch.Block, vocabulary.Count - start);
            for (int i = 0; i < count; i++)
            {
                places[i] = Key(vocabulary, start + i).Hash(_bits);
                Prefetch.Line(ref slots[places[i]]);
            }
            for (int i = 0; i < count; i++)
            {
                if (vocabulary.Length(start + i) <= TokenKey.MaxLength)
                {
                    Add(slots, places[i], new TokenSlot(Key(vocabulary, start + i), start + i));
                }
            }
        }
    }

    [MethodImpl(Jit.Inline)]
    private static TokenKey Key(Vocabulary vocabulary, int id) =>
        TokenKey.Read(ref vocabulary.First(id), Math.Min(vocabulary.Length(id), TokenKey.MaxLength));

    [MethodImpl(Jit.Inline)]
    private static void Add(TokenSlot[] slots, int at, TokenSlot slot)
    {
        while (!slots[at].IsEmpty)
        {
            at = (at + 1) & (slots.Length - 1);
        }
        slots[at] = slot;
    }
}
