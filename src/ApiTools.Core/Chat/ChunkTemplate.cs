using System.Buffers.Text;

namespace ApiTools.Chat;

/// <summary>
/// What the chunks of a stream have in common. A service sends the same bytes thousands of times and changes a word in them; so a chunk that
/// differs from the one before it in nothing but text is read by comparing, ten times as fast as by taking its JSON apart again.
/// </summary>
/// <remarks>
/// That is exact. A template is kept only of a chunk that did nothing but add text: its other bytes have had their effect, and would have it
/// again. And a string that replaces a string leaves JSON as well-formed as it was.
/// </remarks>
internal sealed class ChunkTemplate
{
    // Text, reasoning, and the arguments of a call or two.
    private const int MaximumTexts = 4;

    // A longer chunk is a whole answer.
    private const int MaximumLength = 4096;

    private readonly byte[] _json = new byte[MaximumLength];
    private readonly Hole[] _holes = new Hole[MaximumTexts + 1];
    private readonly int[] _starts = new int[MaximumTexts + 1];
    private readonly int[] _lengths = new int[MaximumTexts + 1];
    private readonly bool[] _areEscaped = new bool[MaximumTexts + 1];
    private int _jsonLength;
    private int _holeCount;
    private bool _isUsable;
    private bool _isReady;
    private ChoiceBuilder? _choice;

    /// <summary>Begins to watch how a chunk is read.</summary>
    public void Begin()
    {
        _holeCount = 0;
        _choice = null;
        _isUsable = true;
        _isReady = false;
    }

    /// <summary>The chunk speaks of a choice.</summary>
    public void Choice(ChoiceBuilder choice, bool isNew)
    {
        _isUsable &= !isNew && _choice is null;
        _choice = choice;
    }

    /// <summary>The chunk does something else than adding text, which is not to be done again.</summary>
    public void Refuse() => _isUsable = false;

    /// <summary>A string of the chunk was added to a text.</summary>
    /// <param name="start">Where it begins, behind its quote.</param>
    /// <param name="length">How long it is, in bytes.</param>
    /// <param name="target">The text.</param>
    public void Text(int start, int length, TextBuffer target)
    {
        // What was passed over in front of a text is compared as it is; only behind the last one it may vary.
        if (_holeCount > 0 && _holes[_holeCount - 1].Target is null)
        {
            _holeCount--;
        }
        _isUsable &= _holeCount < MaximumTexts;
        Add(start, length, target);
    }

    /// <summary>A string of the chunk was passed over. OpenAI's chunks end in one that differs each time (<c>obfuscation</c>).</summary>
    public void Skipped(int start, int length)
    {
        if (_holeCount == 0)
        {
            return;
        }
        if (_holes[_holeCount - 1].Target is null)
        {
            _holeCount--;
        }
        Add(start, length, null);
    }

    /// <summary>The chunk has been read.</summary>
    public void End(ReadOnlySpan<byte> json)
    {
        _isReady = _isUsable && _choice is not null && _holeCount > 0 && json.Length <= MaximumLength;
        if (_isReady)
        {
            json.CopyTo(_json);
            _jsonLength = json.Length;
        }
    }

    /// <summary>Reads a chunk, if it is like the one before it.</summary>
    /// <returns>False where it is not; then nothing has been done.</returns>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        if (!_isReady || !Fits(json))
        {
            return false;
        }
        for (int i = 0; i < _holeCount; i++)
        {
            _holes[i].Target?.Append(json.Slice(_starts[i], _lengths[i]), _areEscaped[i]);
        }
        _choice!.IsTouched = true;
        return true;
    }

    private void Add(int start, int length, TextBuffer? target)
    {
        if (_isUsable)
        {
            _holes[_holeCount++] = new Hole(start, start + length, target);
        }
    }

    private bool Fits(ReadOnlySpan<byte> json)
    {
        int at = 0;
        int from = 0;
        for (int i = 0; i < _holeCount; i++)
        {
            ReadOnlySpan<byte> same = _json.AsSpan(from, _holes[i].Start - from);
            if (!json.Slice(at).StartsWith(same))
            {
                return false;
            }
            at += same.Length;
            int length = StringLength(json.Slice(at), out _areEscaped[i]);
            if (length < 0)
            {
                return false;
            }
            _starts[i] = at;
            _lengths[i] = length;
            at += length;
            from = _holes[i].End;
        }
        return json.Slice(at).SequenceEqual(_json.AsSpan(from, _jsonLength - from));
    }

    // How far it is to the quote that ends a string; -1 where it holds what no string may hold (RFC 8259, section 7), or has no end.
    private static int StringLength(ReadOnlySpan<byte> json, out bool isEscaped)
    {
        isEscaped = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte b = json[i];
            if (b == (byte)'"')
            {
                return i;
            }
            if (b == (byte)'\\')
            {
                int escape = EscapeLength(json.Slice(i + 1));
                if (escape == 0)
                {
                    return -1;
                }
                isEscaped = true;
                i += escape;
            }
            else if (b < (byte)' ')
            {
                return -1;
            }
        }
        return -1;
    }

    // What belongs to an escape behind its backslash; 0 for what is none.
    private static int EscapeLength(ReadOnlySpan<byte> json)
    {
        const int unicode = 5;
        if (json.IsEmpty || "\"\\/bfnrtu"u8.IndexOf(json[0]) < 0)
        {
            return 0;
        }
        if (json[0] != (byte)'u')
        {
            return 1;
        }
        bool isHex = json.Length >= unicode && Utf8Parser.TryParse(json.Slice(1, unicode - 1), out ushort _, out int read, 'x') && read == unicode - 1;
        return isHex ? unicode : 0;
    }

    /// <summary>Where a chunk may differ from its template.</summary>
    /// <param name="Start">Where the string begins, behind its quote.</param>
    /// <param name="End">Where its closing quote stands.</param>
    /// <param name="Target">The text that it is added to; null for none.</param>
    private readonly record struct Hole(int Start, int End, TextBuffer? Target);
}
