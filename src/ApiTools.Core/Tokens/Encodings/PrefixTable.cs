using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ApiTools.Tokens;

/// <summary>
/// How long the tokens are that begin with some bytes: for the first three of a text the lengths 3 to 5, for the first six those from 6 on, as a bit
/// each. The longest token at a place is found by asking <see cref="TokenTable"/> for these lengths alone, so that no tree of all tokens is
/// needed. Two beginnings may share a set: then a length is asked for in vain.
/// </summary>
internal sealed class PrefixTable
{
    /// <summary>The bit that says that there are tokens too long for <see cref="TokenTable"/>.</summary>
    public const int LongBit = TokenKey.MaxLength + 1;

    private const int ShortPrefix = 3;
    private const int LongPrefix = 6;
    private const int ShortBits = 16;
    private const int LongBits = 17;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly byte[] _short = new byte[1 << ShortBits];
    private readonly ushort[] _long = new ushort[1 << LongBits];

    /// <summary>Notes a token whose first eight bytes (what follows it, where it is shorter) are <paramref name="low"/>.</summary>
    [MethodImpl(Jit.Inline)]
    public void Add(ulong low, int length)
    {
        if (length >= LongPrefix)
        {
            _long[LongHash(low)] |= (ushort)(1 << Math.Min(length, LongBit));
        }
        else if (length >= ShortPrefix)
        {
            _short[ShortHash(low)] |= (byte)(1 << length);
        }
    }

    /// <summary>The lengths from 3 on of what tokens may begin so: a bit each.</summary>
    [MethodImpl(Jit.Inline)]
    public uint Lengths(ulong low) =>
        (uint)(Unsafe.Add(ref MemoryMarshal.GetReference(_short.AsSpan()), ShortHash(low))
            | Unsafe.Add(ref MemoryMarshal.GetReference(_long.AsSpan()), LongHash(low)));

    private static int ShortHash(ulong low) => (int)(((low << (64 - 8 * ShortPrefix)) * Multiplier) >> (64 - ShortBits));

    private static int LongHash(ulong low) => (int)(((low << (64 - 8 * LongPrefix)) * Multiplier) >> (64 - LongBits));
}
