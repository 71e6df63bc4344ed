using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>
/// The bytes of a token of up to <see cref="MaxLength"/> as two numbers, the length among them, so that two are compared by two instructions.
/// The bits between the bytes and the length are free for the id of the token: see <see cref="TokenTable"/>.
/// </summary>
internal readonly struct TokenKey
{
    /// <summary>How many bytes fit: 8 in the first number, and 5 in the second beside 20 bits for the id and 4 for the length.</summary>
    public const int MaxLength = 13;

    /// <summary>How many bytes are read from where the token begins, however short it is.</summary>
    public const int Window = 16;

    private const int LengthShift = 60;

    public readonly ulong Low;
    public readonly ulong High;

    [MethodImpl(Jit.Inline)]
    private TokenKey(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The first <paramref name="length"/> of the bytes at <paramref name="first"/>, where <see cref="Window"/> bytes can be read.</summary>
    [MethodImpl(Jit.Inline)]
    public static TokenKey Read(ref byte first, int length)
    {
        ulong low = Unsafe.ReadUnaligned<ulong>(ref first);
        ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, sizeof(ulong)));
        return Cut(low, high, length);
    }

    /// <summary>The same of bytes that are loaded already.</summary>
    [MethodImpl(Jit.Inline)]
    public static TokenKey Cut(ulong low, ulong high, int length)
    {
        // Without a branch: no predictor knows how long the next word is.
        int spare = 64 - 8 * length;
        int over = spare >> 31;
        ulong lowMask = ulong.MaxValue >> (spare & ~over);
        ulong highMask = (1UL << -(spare & over)) - 1;
        return new TokenKey(low & lowMask, (high & highMask) | ((ulong)length << LengthShift));
    }

    /// <summary>The upper <paramref name="bits"/> bits of its hash.</summary>
    [MethodImpl(Jit.Inline)]
    public int Hash(int bits) => (int)((Low * HashMultipliers.Golden + High * HashMultipliers.Second) >> (64 - bits));
}
