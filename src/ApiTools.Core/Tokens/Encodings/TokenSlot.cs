using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// An entry of a table by bytes: a <see cref="TokenKey"/>, and in the 20 bits that it leaves free a number. Empty where all is 0: a key has a length.
/// </summary>
internal struct TokenSlot
{
    private const int ValueShift = 40;
    private const ulong ValueMask = 0xFFFFFUL << ValueShift;

    private ulong _low;
    private ulong _high;

    [MethodImpl(Jit.Inline)]
    public TokenSlot(TokenKey key, int value)
    {
        _low = key.Low;
        _high = key.High | ((ulong)value << ValueShift);
    }

    /// <summary>Whether nothing is in it.</summary>
    public readonly bool IsEmpty => _high == 0;

    /// <summary>The number.</summary>
    public readonly int Value => (int)((_high & ValueMask) >> ValueShift);

    /// <summary>Whether it has this key.</summary>
    [MethodImpl(Jit.Inline)]
    public readonly bool Has(TokenKey key) => ((_low ^ key.Low) | ((_high & ~ValueMask) ^ key.High)) == 0;
}
