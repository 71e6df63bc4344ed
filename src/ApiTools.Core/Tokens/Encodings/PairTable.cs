using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// What token two neighbours make together. An entry is one number: the two ids and that of what they make, 18 bits each and 20.
/// Most pairs make nothing, and most of these are told by a bit.
/// </summary>
internal sealed class PairTable
{
    private const int IdBits = 20;
    private const ulong IdMask = (1 << IdBits) - 1;

    // Two single bytes have a place of their own.
    private readonly int[] _bytes = new int[Vocabulary.Singles * Vocabulary.Singles];
    private readonly ulong[] _entries;
    private readonly int _bits;
    private readonly ulong[] _filter;
    private readonly int _filterBits;

    /// <summary>A table of 2 to the power of <paramref name="bits"/> entries, more than there are tokens.</summary>
    public PairTable(Vocabulary vocabulary, int bits)
    {
        _bits = bits;
        _filterBits = bits + 3;
        _entries = new ulong[1 << bits];
        _filter = new ulong[1 << (_filterBits - 6)];
        _bytes.AsSpan().Fill(int.MaxValue);
        AddAll(vocabulary.Merges);
    }

    /// <summary>The token that <paramref name="left"/> and <paramref name="right"/> make; <see cref="int.MaxValue"/> where they make none.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(int left, int right)
    {
        if ((left | right) < Vocabulary.Singles)
        {
            return Unsafe.Add(ref MemoryMarshal.GetReference(_bytes.AsSpan()), (left * Vocabulary.Singles) | right);
        }
        ulong hash = Hash(left, right);
        ref ulong filter = ref MemoryMarshal.GetReference(_filter.AsSpan());
        bool maybe = ((Unsafe.Add(ref filter, (int)(hash >> (64 - _filterBits + 6))) >> (int)(hash >> (64 - _filterBits))) & 1) != 0;
        return maybe ? Search(left, right, hash) : int.MaxValue;
    }

    [MethodImpl(Jit.Hot)]
    private void AddAll(Merge[] merges)
    {
        for (int start = Vocabulary.Singles; start < merges.Length; start += Prefetch.Block)
        {
            int end = Math.Min(start + Prefetch.Block, merges.Length);
            for (int id = start; id < end; id++)
            {
                Prefetch.Line(ref _entries[Hash(merges[id].Left, merges[id].Right) >> (64 - _bits)]);
            }
            for (int id = start; id < end; id++)
            {
                Add(merges[id].Left, merges[id].Right, id);
            }
        }
    }

    [MethodImpl(Jit.Inline)]
    private void Add(int left, int right, int id)
    {
        if ((left | right) < Vocabulary.Singles)
        {
            _bytes[(left * Vocabulary.Singles) | right] = id;
            return;
        }
        ulong hash = Hash(left, right);
        _filter[hash >> (64 - _filterBits + 6)] |= 1UL << (int)(hash >> (64 - _filterBits));
        int at = (int)(hash >> (64 - _bits));
        while (_entries[at] != 0)
        {
            at = (at + 1) & (_entries.Length - 1);
        }
        _entries[at] = (Key(left, right) << IdBits) | (uint)id;
    }

    [MethodImpl(Jit.Hot)]
    private int Search(int left, int right, ulong hash)
    {
        ulong key = Key(left, right);
        ulong[] entries = _entries;
        int at = (int)(hash >> (64 - _bits));
        while (true)
        {
            ulong entry = entries[at];
            if (entry >> IdBits == key)
            {
                return (int)(entry & IdMask);
            }
            if (entry == 0)
            {
                return int.MaxValue;
            }
            at = (at + 1) & (entries.Length - 1);
        }
    }

    [MethodImpl(Jit.Inline)]
    private static ulong Key(int left, int right) => ((ulong)(uint)left << IdBits) | (uint)right;

    [MethodImpl(Jit.Inline)]
    private static ulong Hash(int left, int right) => Key(left, right) * HashMultipliers.Golden;
}
