namespace ApiTools.Tokens;

/// <summary>
/// Cuts a text into pre-tokens, no token of which reaches over into the next. Implemented by structs without fields, so that the JIT makes an engine of
/// its own for each, with the cutting inlined.
/// </summary>
internal interface IPreTokenizer
{
    /// <summary>Writes where the pre-tokens from <paramref name="start"/> end, until there is no room or no text; returns how many were written.</summary>
    /// <param name="utf8">The whole text, well-formed UTF-8.</param>
    /// <param name="start">0, or where a pre-token ended.</param>
    /// <param name="ends">One offset in bytes from the text's begin for each.</param>
    int Split(ReadOnlySpan<byte> utf8, int start, Span<int> ends);
}
