namespace ApiTools.Validation;

/// <summary>Turns offsets in a UTF-8 text into lines and columns, as an editor counts them. Offsets must be asked for in ascending order.</summary>
internal struct TextPositions
{
    private readonly ReadOnlyMemory<byte> _text;
    private int _offset;
    private int _line;
    private int _column;

    /// <param name="text">The text, without a byte order mark; well-formed or not.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public TextPositions(ReadOnlyMemory<byte> text, int firstLine)
    {
        _text = text;
        _line = firstLine;
        _column = 1;
    }

    /// <summary>The line and the column, both one-based, the column in UTF-16 units, of the byte at an offset.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        ReadOnlySpan<byte> text = _text.Span;
        int end = Math.Min(offset, text.Length);
        for (; _offset < end; _offset++)
        {
            byte b = text[_offset];
            bool lineEnd = b == '\n' || (b == '\r' && !(_offset + 1 < text.Length && text[_offset + 1] == '\n'));
            if (lineEnd)
            {
                _line++;
                _column = 1;
            }
            else if ((b & 0xc0) != 0x80)
            {
                // A character of four bytes is a surrogate pair in UTF-16.
                _column += b >= 0xf0 ? 2 : 1;
            }
        }
        return (_line, _column);
    }
}
