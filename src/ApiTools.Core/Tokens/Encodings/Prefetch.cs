using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#endif

namespace ApiTools.Tokens;

/// <summary>
/// Asks for memory before it is needed. Tables are filled block by block, whose places are all asked for before any is taken: so the processor waits for
/// many cache lines at once, and not for one after the other.
/// </summary>
internal static class Prefetch
{
    /// <summary>How many places are asked for at once.</summary>
    public const int Block = 64;

    /// <summary>Asks for the cache line at a place; nothing where the processor cannot be asked.</summary>
    [MethodImpl(Jit.Inline)]
    public static unsafe void Line<T>(ref T place)
        where T : unmanaged
    {
#if NET8_0_OR_GREATER
        if (Sse.IsSupported)
        {
            // An address that has moved meanwhile is asked for in vain, and does no harm.
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
#endif
    }
}
