using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// How many tokens some words are that are none themselves: names and inflected forms, which come again and again in a text. Each has one place, which
/// the next that wants it takes. Each thread has its own.
/// </summary>
internal sealed class WordCache
{
    private const int Bits = 12;

    [ThreadStatic]
    private static WordCache? _cl100k;

    [ThreadStatic]
    private static WordCache? _o200k;

    private readonly TokenSlot[] _slots = new TokenSlot[1 << Bits];

    /// <summary>This thread's, of an encoding.</summary>
    public static WordCache OfThread(bool isO200k) => isO200k ? _o200k ??= new WordCache() : _cl100k ??= new WordCache();

    /// <summary>The number noted for a word; 0 where there is none.</summary>
    [MethodImpl(Jit.Inline)]
    public int Find(TokenKey word)
    {
        TokenSlot slot = Place(word);
        return slot.Has(word) ? slot.Value : 0;
    }

    /// <summary>Notes a number.</summary>
    [MethodImpl(Jit.Inline)]
    public void Set(TokenKey word, int count) => Place(word) = new TokenSlot(word, count);

    [MethodImpl(Jit.Inline)]
    private ref TokenSlot Place(TokenKey word) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_slots.AsSpan()), word.Hash(Bits));
}
