using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Goes through the members of an object, or the items of an array, one after another: <c>while (children.MoveNext())</c>.</summary>
internal struct JsonChildren
{
    private readonly JsonTape _tape;
    private readonly int _end;
    private readonly bool _isObject;
    private int _next;
    private int _child;

    public JsonChildren(JsonTape tape, int parent)
    {
        _tape = tape;
        _end = tape[parent].Next;
        _isObject = tape[parent].Type == JsonTokenType.StartObject;
        _next = parent + 1;
        Index = -1;
    }

    /// <summary>The member's name; empty for the items of an array.</summary>
    public readonly string Name => _isObject ? _tape.GetString(_child) : string.Empty;

    /// <summary>What stands between the quotes of the member's name, escapes and all; empty for the items of an array.</summary>
    public readonly ReadOnlySpan<byte> RawName => _isObject ? _tape.RawString(_child) : default;

    /// <summary>The place of the member's name on the tape; of the item for an array.</summary>
    public readonly int NameIndex => _child;

    /// <summary>Where the member's name stands in the text; where the item stands for an array.</summary>
    public readonly int Start => _tape[_child].Start;

    /// <summary>The child's position among its siblings, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>The member's value, or the item.</summary>
    public readonly JsonSlice Value => new(_tape, _isObject ? _child + 1 : _child);

    /// <summary>Whether the member has a name; nothing is made of it.</summary>
    /// <param name="utf8">The name, UTF-8.</param>
    public readonly bool NameIs(ReadOnlySpan<byte> utf8) =>
        _isObject && (_tape[_child].IsEscaped ? Name == JsonText.Decode(utf8) : _tape.RawString(_child).SequenceEqual(utf8));

    /// <summary>Goes on to the next child; false after the last, and for what has no children.</summary>
    public bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }
        _child = _next;
        Index++;
        _next = _tape[_isObject ? _child + 1 : _child].Next;
        return true;
    }
}
