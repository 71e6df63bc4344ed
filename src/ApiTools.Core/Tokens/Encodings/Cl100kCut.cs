using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary><see cref="Cl100kPreTokenizer"/> as a type argument.</summary>
internal readonly struct Cl100kCut : IPreTokenizer
{
    /// <inheritdoc/>
    [MethodImpl(Jit.Inline)]
    public int Split(ReadOnlySpan<byte> utf8, int start, Span<int> ends) => PreTokenSplitter.Split(utf8, start, ends, o200k: false);
}
