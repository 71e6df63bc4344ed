namespace ApiTools.Tokens;

/// <summary>
/// The running sums of the page's estimate (Errors and Debugging, tip 3): a text may be added in pieces, and the pieces are counted as
/// one text. Allocates nothing.
/// </summary>
internal struct TokenTally
{
    // The page's range of Chinese characters, '\u4e00' <= c <= '\u9fff'.
    private const int FirstIdeograph = 0x4e00;
    private const int LastIdeograph = 0x9fff;

    private long _ideographs;
    private long _others;

    /// <summary>Unicode code points; half a surrogate pair counts as one, as in Python's <c>len</c>.</summary>
    public readonly long Characters => _ideographs + _others;

    /// <summary>The length in UTF-8 bytes; half a surrogate pair counts as the three of the U+FFFD that would be sent for it.</summary>
    public long Bytes { get; private set; }

    /// <summary>The page's estimate: one for each Chinese character, and a quarter, rounded down, of how many others there are.</summary>
    public readonly long Tokens => _ideographs + (_others / 4);

    /// <summary>Adds UTF-16 text. A surrogate pair must not be split between two pieces.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        long ideographs = 0;
        long others = 0;
        long bytes = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((uint)(c - FirstIdeograph) <= LastIdeograph - FirstIdeograph)
            {
                ideographs++;
                bytes += 3;
                continue;
            }
            others++;
            if (c < 0x80)
            {
                bytes++;
            }
            else if (c < 0x800)
            {
                bytes += 2;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                bytes += 4;
            }
            else
            {
                bytes += 3;
            }
        }
        _ideographs += ideographs;
        _others += others;
        Bytes += bytes;
    }

    /// <summary>Adds well-formed UTF-8 text. A character must not be split between two pieces.</summary>
    public void AddUtf8(ReadOnlySpan<byte> utf8)
    {
        (int characters, int ideographs) = Utf8Count.Count(utf8);
        _ideographs += ideographs;
        _others += characters - ideographs;
        Bytes += utf8.Length;
    }

    /// <summary>Counts a code point instead of some characters of ASCII that were added: of an escape.</summary>
    /// <param name="count">How many.</param>
    /// <param name="codePoint">The code point, or half a surrogate pair.</param>
    public void ReplaceAscii(int count, int codePoint)
    {
        TakeBackAscii(count);
        AddCodePoint(codePoint);
    }

    /// <summary>Takes back some characters of ASCII that were added.</summary>
    public void TakeBackAscii(int count)
    {
        _others -= count;
        Bytes -= count;
    }

    /// <summary>Adds one code point, or half a surrogate pair.</summary>
    public void AddCodePoint(int codePoint)
    {
        if (codePoint is >= FirstIdeograph and <= LastIdeograph)
        {
            _ideographs++;
        }
        else
        {
            _others++;
        }
        Bytes += codePoint switch { < 0x80 => 1, < 0x800 => 2, < 0x10000 => 3, _ => 4 };
    }
}
