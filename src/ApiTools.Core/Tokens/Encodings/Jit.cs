using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary>What the JIT is told of the loops that run once for each token.</summary>
internal static class Jit
{
    /// <summary>
    /// Optimized the first time it runs: a script counts one file and ends, long before a method has been called often enough. netstandard2.0
    /// lacks the name, and .NET Framework, which has but one JIT, ignores the number.
    /// </summary>
    public const MethodImplOptions Hot = (MethodImplOptions)512;

    /// <summary>Small, and called in such a loop.</summary>
    public const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
}
