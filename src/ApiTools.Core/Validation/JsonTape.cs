using System.Runtime.InteropServices;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>
/// The names and values of a JSON text in document order, 16 bytes each: the text is read once, and everything that walks it afterwards goes from
/// child to child without reading it again. A thread's tape is used again for its next text, so that a valid request costs no allocation.
/// </summary>
internal sealed class JsonTape
{
    /// <summary>The most names and values that a text may have: the tape of more would be larger than 256 MB.</summary>
    public const int MaximumEntries = 1 << 24;

    private const int FirstEntries = 256;

    // What a thread keeps is at most a megabyte.
    private const int KeptEntries = 1 << 16;

    [ThreadStatic]
    private static JsonTape? _spare;

    private JsonTapeEntry[] _entries = new JsonTapeEntry[FirstEntries];

    // The text's own array and where it begins there: a Memory's span takes longer to get than most strings to check.
    private byte[] _bytes = [];
    private int _first;

    private JsonTape()
    {
    }

    /// <summary>For who writes the tape: room for the containers that are open, of as many as may be nested.</summary>
    public int[] Open { get; } = new int[JsonSyntax.MaximumDepth];

    /// <summary>Room for what each of them has come to: the place of a member's name, the number of an item.</summary>
    public int[] Current { get; } = new int[JsonSyntax.MaximumDepth];

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value that the whole text is.</summary>
    public JsonSlice Root => new(this, 0);

    /// <summary>One entry.</summary>
    public ref JsonTapeEntry this[int index] => ref _entries[index];

    /// <summary>An empty tape for a text.</summary>
    public static JsonTape Rent(ReadOnlyMemory<byte> text)
    {
        JsonTape tape = _spare ?? new JsonTape();
        _spare = null;
        tape.Count = 0;
        tape.Take(text);
        return tape;
    }

    /// <summary>Gives the tape to the thread's next text: nothing may walk it any more.</summary>
    public void Return()
    {
        Text = default;
        _bytes = [];
        if (_entries.Length <= KeptEntries)
        {
            _spare = this;
        }
    }

    /// <summary>Adds an entry, and returns its place.</summary>
    public int Add(JsonTokenType type, int start, int end, bool isEscaped = false)
    {
        int index = Count;
        if (index == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(index * 2, MaximumEntries));
        }
        ref JsonTapeEntry entry = ref _entries[index];
        entry.Start = start;
        entry.End = end;
        entry.Next = index + 1;
        entry.Type = type;
        entry.IsEscaped = isEscaped;
        Count = index + 1;
        return index;
    }

    /// <summary>Ends an object or an array: what was added since is in it.</summary>
    public void Close(int index, int end)
    {
        ref JsonTapeEntry entry = ref _entries[index];
        entry.End = end;
        entry.Next = Count;
    }

    /// <summary>An entry's own text.</summary>
    public ReadOnlySpan<byte> Span(int index)
    {
        ref JsonTapeEntry entry = ref _entries[index];
        return new ReadOnlySpan<byte>(_bytes, _first + entry.Start, entry.End - entry.Start);
    }

    /// <summary>What stands between the quotes of a string or a name.</summary>
    public ReadOnlySpan<byte> RawString(int index)
    {
        ref JsonTapeEntry entry = ref _entries[index];
        return new ReadOnlySpan<byte>(_bytes, _first + entry.Start + 1, entry.End - entry.Start - 2);
    }

    /// <summary>A string's or a name's text.</summary>
    public string GetString(int index) =>
        _entries[index].IsEscaped ? JsonText.Decode(RawString(index)) : ShortStrings.Get(RawString(index));

    private void Take(ReadOnlyMemory<byte> text)
    {
        if (!MemoryMarshal.TryGetArray(text, out ArraySegment<byte> segment))
        {
            segment = new ArraySegment<byte>(text.ToArray());
            text = segment;
        }
        Text = text;
        _bytes = segment.Array!;
        _first = segment.Offset;
    }
}
