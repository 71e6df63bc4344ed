using ApiTools.Tokens;

namespace ApiTools.Measuring;

/// <summary>A text as tokens: all of it, or what of its beginning or end is within a number of tokens.</summary>
internal sealed class TokenizedText
{
    private readonly TokenEncoding _encoding;
    private readonly int[] _ids;
    private readonly bool _allowSpecial;
    private int _first;
    private int _end;
    private (bool Coloured, int Width, string Text)? _shown;

    /// <param name="encoding">What it is encoded with.</param>
    /// <param name="utf8">The text, well-formed UTF-8.</param>
    /// <param name="allowSpecial">Whether the name of a special token is that token.</param>
    public TokenizedText(TokenEncoding encoding, ReadOnlySpan<byte> utf8, bool allowSpecial)
    {
        _encoding = encoding;
        _allowSpecial = allowSpecial;
        _ids = encoding.Encode(utf8, allowSpecial);
        _end = _ids.Length;
    }

    /// <summary>The name of the encoding.</summary>
    public string Encoding => _encoding.Name;

    /// <summary>How many tokens there are.</summary>
    public int Count => _end - _first;

    /// <summary>The tokens' ids.</summary>
    public int[] Ids => _ids.AsSpan(_first, Count).ToArray();

    /// <summary>Keeps the beginning: at most so many tokens, and whole characters.</summary>
    public void KeepFirst(int tokens)
    {
        _end = Math.Min(tokens, _ids.Length);
        while (_end > 0 && _end < _ids.Length && (BeginsWithin(_end) || IsLongerThan(tokens)))
        {
            _end--;
        }
    }

    /// <summary>Keeps the end: at most so many tokens, and whole characters.</summary>
    public void KeepLast(int tokens)
    {
        _first = Math.Max(0, _ids.Length - tokens);
        while (_first > 0 && _first < _ids.Length && (BeginsWithin(_first) || IsLongerThan(tokens)))
        {
            _first++;
        }
    }

    /// <summary>The tokens, one after another.</summary>
    public IEnumerable<ApiToken> Tokens()
    {
        long start = 0;
        long next = 0;
        for (int i = 0; i < _end; i++)
        {
            byte[] bytes = Bytes(i);
            long begins = IsWithin(bytes[0]) ? start : next;
            foreach (byte b in bytes)
            {
                if (!IsWithin(b))
                {
                    start = next;
                    // What UTF-8 has four bytes for, UTF-16 has a surrogate pair for.
                    next += b >= 0xf0 ? 2 : 1;
                }
            }
            if (i >= _first)
            {
                yield return new ApiToken(this, _ids[i], bytes, i, begins);
            }
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

    // A text that is cut may be cut into other tokens when it is read again. Only what stands at the cut changes, and that seldom.
    private bool IsLongerThan(int tokens)
    {
        using MemoryStream text = new();
        for (int i = _first; i < _end; i++)
        {
            byte[] bytes = Bytes(i);
            text.Write(bytes, 0, bytes.Length);
        }
        return _encoding.Count(text.GetBuffer().AsSpan(0, (int)text.Length), _allowSpecial) > tokens;
    }

    private bool BeginsWithin(int index) => IsWithin(Bytes(index)[0]);

    // RFC 3629: the bytes of a character behind its first.
    private static bool IsWithin(byte b) => (b & 0xc0) == 0x80;

    private byte[] Bytes(int index) =>
        _encoding.TryGetBytes(_ids[index], out ReadOnlyMemory<byte> bytes) ? bytes.ToArray() : throw new InvalidOperationException("An encoding knows its own tokens.");
}
