namespace ApiTools.Tokens;

/// <summary>
/// Counts a text that comes in pieces, exactly, wherever it is cut: in a word, or in a code point. What may still belong together with
/// what comes is held, which is little more than the longest pre-token.
/// </summary>
internal sealed class TokenCounter
{
    private const int SliceBytes = 16_384;
    private const int SliceChars = 8_192;

    // A counter that waits for its next text keeps no more room than that, whatever the last one took.
    private const int KeptBytes = 1_048_576;

    private byte[] _held = [];
    private int _length;
    private int _searched;
    private int _withoutSpecial;
    private long _count;
    private TokenEncoding? _encoding;
    private bool _allowSpecial;

    /// <summary>A counter that <see cref="Begin"/> has to be called on.</summary>
    public TokenCounter()
    {
    }

    /// <summary>A counter of one text.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public TokenCounter(TokenEncoding encoding, bool allowSpecial) => Begin(encoding, allowSpecial);

    /// <summary>How many bytes are held.</summary>
    internal int Held => _length;

    /// <summary>How many bytes there is room for.</summary>
    internal int Capacity => _held.Length;

    /// <summary>Begins a text.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="allowSpecial">Whether special tokens in it are one token each.</param>
    public void Begin(TokenEncoding encoding, bool allowSpecial)
    {
        _encoding = encoding;
        _allowSpecial = allowSpecial;
        _length = 0;
        _searched = 0;
        _withoutSpecial = 0;
        _count = 0;
    }

    /// <summary>Adds UTF-8. All pieces together have to be well-formed.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            int size = Math.Min(piece.Length, SliceBytes);
            piece.Slice(0, size).CopyTo(Room(size));
            _length += size;
            CountWhole();
            piece = piece.Slice(size);
        }
    }

    /// <summary>Adds UTF-16. A surrogate pair has to be in one piece.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        while (!piece.IsEmpty)
        {
            int size = Math.Min(piece.Length, SliceChars);
            if (size < piece.Length && char.IsHighSurrogate(piece[size - 1]) && size > 1)
            {
                size--;
            }
            _length += Utf8Bytes.Write(piece.Slice(0, size), Room(3 * size));
            CountWhole();
            piece = piece.Slice(size);
        }
    }

    /// <summary>Ends the text: how many tokens it is.</summary>
    public long Complete()
    {
        _count += Encoding.Count(_held.AsSpan(0, _length), _allowSpecial);
        _length = 0;
        if (_held.Length > KeptBytes)
        {
            _held = [];
        }
        return _count;
    }

    private TokenEncoding Encoding => _encoding ?? throw new InvalidOperationException("Begin has not been called.");

    private Span<byte> Room(int size)
    {
        if (_held.Length < _length + size)
        {
            Array.Resize(ref _held, Math.Max(_length + size, Math.Max(2 * _held.Length, 2 * SliceBytes)));
        }
        return _held.AsSpan(_length);
    }

    // Counts what is held up to the last place where it may be cut.
    private void CountWhole()
    {
        int counted = _allowSpecial ? CountSpecial() : 0;
        Span<byte> held = _held.AsSpan(counted, _length - counted);
        int open = _allowSpecial ? Encoding.Special.UnfinishedStart(held) : held.Length;
        int searched = Math.Max(0, _searched - counted);
        int cut = SafeCut.Last(held.Slice(0, open), searched);
        if (cut > 0)
        {
            _count += Encoding.Count(held.Slice(0, cut));
            counted += cut;
            searched = 0;
            held = held.Slice(cut);
            open -= cut;
        }
        if (counted > 0)
        {
            held.CopyTo(_held);
            _length -= counted;
            _withoutSpecial = Math.Max(0, _withoutSpecial - counted);
        }
        _searched = Math.Max(searched, LastStart(_held.AsSpan(0, open)));
    }

    // Whole special tokens, and the text before each: that is a text of its own. What was searched before is not searched again.
    private int CountSpecial()
    {
        int counted = 0;
        int from = _withoutSpecial;
        while (Encoding.Special.Find(_held.AsSpan(from, _length - from), out int length, out _) is int found && found >= 0)
        {
            _count += Encoding.Count(_held.AsSpan(counted, from + found - counted)) + 1;
            counted = from + found + length;
            from = counted;
        }
        _withoutSpecial = Math.Max(from, _length - Encoding.Special.MaxLength + 1);
        return counted;
    }

    // Where the last whole code point begins: the next search looks at it again, as the left one of a pair.
    private static int LastStart(ReadOnlySpan<byte> utf8)
    {
        int at = Utf8Sequence.WholeLength(utf8);
        return at == 0 ? 0 : Utf8Sequence.Before(utf8, at);
    }
}
