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
#else
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
