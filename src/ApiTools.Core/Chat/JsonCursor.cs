using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>
/// Walks JSON whose shape is not to be relied on: what is not of the kind that is asked for is read past. Only what is no JSON is an error.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader _reader = new(json);

    public readonly JsonTokenType Kind => _reader.TokenType;

    /// <summary>What stands between the quotes of a string, as it is written.</summary>
    public readonly ReadOnlySpan<byte> Value => _reader.ValueSpan;

    public readonly bool IsEscaped => _reader.ValueIsEscaped;

    /// <summary>Where <see cref="Value"/> of a string begins, in bytes from the beginning.</summary>
    public readonly int ValueStart => (int)_reader.TokenStartIndex + 1;

    /// <summary>The string that it stands on.</summary>
    public string Text() => JsonStrings.Read(ref _reader);

    /// <summary>The next token; false at the end.</summary>
    /// <exception cref="JsonException">There is no such token.</exception>
    public bool Next() => _reader.Read();

    /// <summary>Reads on; whatever is of another kind is skipped.</summary>
    public bool NextIs(JsonTokenType kind)
    {
        _reader.Read();
        if (_reader.TokenType == kind)
        {
            return true;
        }
        _reader.Skip();
        return false;
    }

    /// <summary>Goes to the next property of an object.</summary>
    public bool NextProperty() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next object of an array; past whatever else stands there.</summary>
    public bool NextObject()
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }
            _reader.Skip();
        }
        return false;
    }

    /// <summary>Whether the property that it stands on has this name.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => JsonStrings.NameIs(in _reader, name);

    /// <summary>Goes past the value that it stands on.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>The next value, if it is a whole number from 0 on; null for anything else.</summary>
    public int? NextCount()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out int count) && count >= 0)
        {
            return count;
        }
        _reader.Skip();
        return null;
    }

    /// <summary>The number at that name in the object that it stands in, from here on; nothing is passed by it.</summary>
    public readonly int? FindCount(ReadOnlySpan<byte> name)
    {
        JsonCursor ahead = this;
        return ahead.Find(name) ? ahead.NextCount() : null;
    }

    /// <summary>The string at that name in the object that it stands in, from here on; nothing is passed by it.</summary>
    public readonly string? FindText(ReadOnlySpan<byte> name)
    {
        JsonCursor ahead = this;
        return ahead.Find(name) && ahead.NextIs(JsonTokenType.String) ? ahead.Text() : null;
    }

    private bool Find(ReadOnlySpan<byte> name)
    {
        while (NextProperty())
        {
            if (NameIs(name))
            {
                return true;
            }
            _reader.Read();
            _reader.Skip();
        }
        return false;
    }
}
