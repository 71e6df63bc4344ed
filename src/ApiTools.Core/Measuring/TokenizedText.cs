using ApiTools.Tokens;

namespace ApiTools.Measuring;

/// <summary>A text as tokens: all of it, or what of its beginning or end is within a number of tokens.</summary>
internal sealed class TokenizedText
{
    private readonly TokenEncoding _encoding;
    private readonly List<int> _ids = [];
    private readonly long _offset;
    private (bool Coloured, int Width, string Text)? _shown;

    private TokenizedText(TokenEncoding encoding, ReadOnlySpan<byte> utf8, bool allowSpecial, long offset)
    {
        _encoding = encoding;
        _offset = offset;
        encoding.Encode(utf8, _ids, allowSpecial);
    }

    /// <summary>The name of the encoding.</summary>
    public string Encoding => _encoding.Name;

    /// <summary>How many tokens there are.</summary>
    public int Count => _ids.Count;

    /// <summary>The tokens' ids.</summary>
    public int[] Ids => [.. _ids];

    /// <summary>Makes tokens of a text.</summary>
    /// <param name="encoding">What it is encoded with.</param>
    /// <param name="utf8">The text, well-formed UTF-8.</param>
    /// <param name="allowSpecial">Whether the name of a special token is that token.</param>
    public static TokenizedText Create(TokenEncoding encoding, ReadOnlySpan<byte> utf8, bool allowSpecial) => new(encoding, utf8, allowSpecial, 0);

    /// <summary>Makes tokens of a text's beginning: see <see cref="TextCut"/>.</summary>
    public static TokenizedText First(TokenEncoding encoding, ReadOnlySpan<byte> utf8, int tokens, bool allowSpecial) =>
        new(encoding, utf8.Slice(0, TextCut.First(encoding, utf8, tokens, allowSpecial)), allowSpecial, 0);

    /// <summary>Makes tokens of a text's end: see <see cref="TextCut"/>.</summary>
    public static TokenizedText Last(TokenEncoding encoding, ReadOnlySpan<byte> utf8, int tokens, bool allowSpecial)
    {
        int start = TextCut.Last(encoding, utf8, tokens, allowSpecial);
        return new(encoding, utf8.Slice(start), allowSpecial, Units(utf8.Slice(0, start)));
    }

    /// <summary>The tokens, one after another.</summary>
    public IEnumerable<ApiToken> Tokens()
    {
        long start = _offset;
        long next = _offset;
        for (int i = 0; i < _ids.Count; i++)
        {
            byte[] bytes = Bytes(_ids[i]);
            long begins = Utf8Sequence.IsContinuation(bytes[0]) ? start : next;
            foreach (byte b in bytes)
            {
                if (!Utf8Sequence.IsContinuation(b))
                {
                    start = next;
                    next += Units(b);
                }
            }
            yield return new ApiToken(this, _ids[i], bytes, i, begins);
        }
    }

    /// <summary>The text with a mark between its tokens, as a person sees it: see <see cref="TokenView.Lines"/>. It is kept for the next token's view.</summary>
    public string Show(bool coloured, int width)
    {
        if (_shown is not (bool wasColoured, int wasWidth, string text) || wasColoured != coloured || wasWidth != width)
        {
            text = TokenView.Lines(Tokens(), coloured, width);
            _shown = (coloured, width, text);
        }
        return text;
    }

    // What UTF-8 has four bytes for, UTF-16 has a surrogate pair for.
    private static int Units(byte first) => first >= 0xf0 ? 2 : 1;

    private static long Units(ReadOnlySpan<byte> utf8)
    {
        long units = 0;
        foreach (byte b in utf8)
        {
            units += Utf8Sequence.IsContinuation(b) ? 0 : Units(b);
        }
        return units;
    }

    private byte[] Bytes(int id) =>
        _encoding.TryGetBytes(id, out ReadOnlySpan<byte> bytes) ? bytes.ToArray() : throw new InvalidOperationException("An encoding knows its own tokens.");
}
