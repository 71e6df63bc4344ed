using System.Runtime.CompilerServices;

namespace ApiTools.Tokens;

/// <summary><see cref="O200kPreTokenizer"/> as a type argument.</summary>
internal readonly struct O200kCut : IPreTokenizer
{
    /// <inheritdoc/>
    [MethodImpl(Jit.Inline)]
    public int Split(ReadOnlySpan<byte> utf8, int start, Span<int> ends) => PreTokenSplitter.Split(utf8, start, ends, o200k: true);
}
