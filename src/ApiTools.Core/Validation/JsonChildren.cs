using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Reads the members of an object, or the items of an array, one after another: <c>while (children.MoveNext())</c>.</summary>
internal struct JsonChildren
{
    private readonly JsonSlice _parent;
    private JsonReaderState _state;
    private int _position;
    private bool _started;
    private int _nameStart;
    private int _nameLength;

    public JsonChildren(JsonSlice parent)
    {
        _parent = parent;
        _position = parent.Start;
        Index = -1;
    }

    /// <summary>The member's name; empty for the items of an array.</summary>
    public readonly string Name => JsonText.Decode(RawName);

    /// <summary>What stands between the quotes of the member's name, escapes and all; empty for the items of an array.</summary>
    public readonly ReadOnlySpan<byte> RawName => _parent.Text.Span.Slice(_nameStart, _nameLength);

    /// <summary>Where the member's name stands in the text; where the item stands for an array.</summary>
    public int Start { get; private set; }

    /// <summary>The child's position among its siblings, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>The member's value, or the item.</summary>
    public JsonSlice Value { get; private set; }

    /// <summary>Goes on to the next child; false after the last, and for what has no children.</summary>
    public bool MoveNext()
    {
        if (_parent.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return false;
        }
        Utf8JsonReader reader = new(_parent.Text.Span.Slice(_position, _parent.End - _position), isFinalBlock: true, _state);
        if (!_started)
        {
            reader.Read();
            _started = true;
        }
        reader.Read();
        if (reader.CurrentDepth == 0)
        {
            return false;
        }
        Index++;
        Start = _position + (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _nameStart = Start + 1;
            _nameLength = reader.ValueSpan.Length;
            reader.Read();
        }
        int valueStart = _position + (int)reader.TokenStartIndex;
        JsonTokenType type = reader.TokenType;
        reader.Skip();
        Value = new JsonSlice(_parent.Text, valueStart, _position + (int)reader.BytesConsumed, type);
        _state = reader.CurrentState;
        _position += (int)reader.BytesConsumed;
        return true;
    }
}
