#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
#endif

namespace ApiTools.Tokens;

/// <summary>One instruction each, where the framework has it.</summary>
internal static class Bits
{
#if NET8_0_OR_GREATER
    /// <summary>The number of the highest bit that is set; of a number that is not 0.</summary>
    [MethodImpl(Jit.Inline)]
    public static int Highest(uint value) => BitOperations.Log2(value);

    /// <summary>The same of 64 bits.</summary>
    [MethodImpl(Jit.Inline)]
    public static int Highest(ulong value) => BitOperations.Log2(value);

    /// <summary>The number of the lowest bit that is set; of a number that is not 0.</summary>
    [MethodImpl(Jit.Inline)]
    public static int Lowest(ulong value) => BitOperations.TrailingZeroCount(value);

    /// <summary>How many bits are set.</summary>
    [MethodImpl(Jit.Inline)]
    public static int Count(ulong value) => BitOperations.PopCount(value);
#else
    /// <summary>The number of the lowest bit that is set; of a number that is not 0.</summary>
    public static int Lowest(ulong value) => Highest(value & (~value + 1));

    /// <summary>How many bits are set.</summary>
    public static int Count(ulong value)
    {
        int count = 0;
        for (; value != 0; value &= value - 1)
        {
            count++;
        }
        return count;
    }

    /// <summary>The same of 64 bits.</summary>
    public static int Highest(ulong value) => value >> 32 != 0 ? 32 + Highest((uint)(value >> 32)) : Highest((uint)value);

    /// <summary>The number of the highest bit that is set; of a number that is not 0.</summary>
    public static int Highest(uint value)
    {
        int bit = 0;
        while ((value >>= 1) != 0)
        {
            bit++;
        }
        return bit;
    }
#endif
}
