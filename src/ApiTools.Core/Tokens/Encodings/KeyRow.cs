using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
#endif

namespace ApiTools.Tokens;

/// <summary>A row of keys, of which the lowest is asked for again and again.</summary>
internal static class KeyRow
{
    /// <summary>No key: higher than any.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>How many keys are compared at once: so many more than there are keys must have room.</summary>
    public const int Width = 8;

#if NET8_0_OR_GREATER
    /// <summary>Writes <see cref="None"/> behind the keys.</summary>
    [MethodImpl(Jit.Inline)]
    public static void Pad(ref uint keys, int count) => Vector256<uint>.AllBitsSet.StoreUnsafe(ref keys, (nuint)count);

    /// <summary>The lowest of so many keys; <see cref="None"/> where there is none.</summary>
    [MethodImpl(Jit.Inline)]
    public static uint Lowest(ref uint keys, int count)
    {
        Vector256<uint> lowest = Vector256.LoadUnsafe(ref keys);
        for (int i = Width; i < count; i += Width)
        {
            lowest = Vector256.Min(lowest, Vector256.LoadUnsafe(ref keys, (nuint)i));
        }
        Vector128<uint> half = Vector128.Min(lowest.GetLower(), lowest.GetUpper());
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2u, 3, 0, 1)));
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(1u, 0, 3, 2)));
        return half.ToScalar();
    }
#else
    /// <summary>Nothing to do where keys are compared one by one.</summary>
    public static void Pad(ref uint keys, int count)
    {
    }

    /// <summary>The lowest of so many keys; <see cref="None"/> where there is none.</summary>
    public static uint Lowest(ref uint keys, int count)
    {
        uint lowest = None;
        for (int i = 0; i < count; i++)
        {
            lowest = Math.Min(lowest, Unsafe.Add(ref keys, i));
        }
        return lowest;
    }
#endif
}
