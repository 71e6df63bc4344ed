namespace ApiTools.Tokens;

/// <summary>
/// Cuts a text into pre-tokens, no token of which reaches over into the next. Implemented by structs without fields, so that the JIT makes an engine of
/// its own for each, with the cutting inlined.
/// </summary>
internal interface IPreTokenizer
{
    /// <summary>Where the pre-token ends that begins at <paramref name="start"/>, in bytes of well-formed UTF-8.</summary>
    int Next(ReadOnlySpan<byte> utf8, int start);
}
