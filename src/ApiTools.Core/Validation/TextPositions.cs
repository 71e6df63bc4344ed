namespace ApiTools.Validation;

/// <summary>Turns offsets in a UTF-8 text into lines and columns, as an editor counts them. Offsets must be asked for in ascending order.</summary>
internal ref struct TextPositions
{
    private readonly ReadOnlySpan<byte> _text;
    private int _offset;
    private int _line;
    private int _column;

    /// <param name="text">The text, without a byte order mark; well-formed or not.</param>
    /// <param name="firstLine">The number of its first line.</param>
    public TextPositions(ReadOnlySpan<byte> text, int firstLine)
    {
        _text = text;
        _line = firstLine;
        _column = 1;
    }

    /// <summary>The line and the column of one offset.</summary>
    public static (int Line, int Column) Locate(ReadOnlySpan<byte> text, int offset, int firstLine) => new TextPositions(text, firstLine).Locate(offset);

    /// <summary>The line and the column, both one-based, the column in UTF-16 units, of the byte at an offset.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int end = Math.Min(offset, _text.Length);
        for (; _offset < end; _offset++)
        {
            byte b = _text[_offset];
            bool lineEnd = b == '\n' || (b == '\r' && !(_offset + 1 < _text.Length && _text[_offset + 1] == '\n'));
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
