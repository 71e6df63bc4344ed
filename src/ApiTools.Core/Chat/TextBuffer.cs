using System.Buffers;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Text that comes in pieces of JSON strings; each piece is decoded straight to its place, in a rented buffer.</summary>
internal sealed class TextBuffer
{
    private const int FirstLength = 256;

    private char[] _text = [];
    private int _taken;

    /// <summary>UTF-16 units so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether there is text that <see cref="TakeNew"/> has not given.</summary>
    public bool HasNew => Length > _taken;

    /// <summary>Adds what stands between the quotes of a JSON string.</summary>
    public void Append(ReadOnlySpan<byte> json, bool isEscaped)
    {
        // No byte becomes more than one UTF-16 unit.
        MakeRoom(json.Length);
        Span<char> room = _text.AsSpan(Length);
        Length += isEscaped ? JsonStrings.Unescape(json, room) : Utf8Text.Read(json, room);
    }

    /// <summary>The text that came since this was last asked; empty where there is none.</summary>
    public string TakeNew()
    {
        string text = _text.AsSpan(_taken, Length - _taken).ToString();
        _taken = Length;
        return text;
    }

    /// <summary>All of it so far.</summary>
    public override string ToString() => _text.AsSpan(0, Length).ToString();

    /// <summary>All of it, at its end: nothing can be added or asked any more.</summary>
    public string Finish()
    {
        string text = ToString();
        Replace([]);
        Length = _taken = 0;
        return text;
    }

    private void MakeRoom(int more)
    {
        if (_text.Length - Length < more)
        {
            char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, Math.Max(FirstLength, _text.Length * 2)));
            _text.AsSpan(0, Length).CopyTo(larger);
            Replace(larger);
        }
    }

    private void Replace(char[] text)
    {
        if (_text.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_text);
        }
        _text = text;
    }
}
