using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary><see cref="O200kPreTokenizer"/> as a type argument.</summary>
internal readonly struct O200kCut : IPreTokenizer
{
    /// <inheritdoc/>
    [MethodImpl(Jit.Inline)]
    public int Next(ReadOnlySpan<byte> utf8, int start) => O200kPreTokenizer.Next(utf8, start);
}
