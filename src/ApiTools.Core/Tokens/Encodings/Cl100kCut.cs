using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary><see cref="Cl100kPreTokenizer"/> as a type argument.</summary>
internal readonly struct Cl100kCut : IPreTokenizer
{
    /// <inheritdoc/>
    [MethodImpl(Jit.Inline)]
    public int Next(ReadOnlySpan<byte> utf8, int start) => Cl100kPreTokenizer.Next(utf8, start);
}
