using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>One value of a JSON text whose syntax has been checked: a place on its tape.</summary>
internal readonly struct JsonSlice
{
    private readonly JsonTape _tape;

    public JsonSlice(JsonTape tape, int index)
    {
        ref JsonTapeEntry entry = ref tape[index];
        _tape = tape;
        Index = index;
        Start = entry.Start;
        End = entry.End;
        Type = entry.Type;
    }

    /// <summary>The offset of its first byte.</summary>
    public int Start { get; }

    /// <summary>The offset past its last byte.</summary>
    public int End { get; }

    /// <summary>What it is; a container by its beginning, None for no value at all.</summary>
    public JsonTokenType Type { get; }

    /// <summary>Its place on the tape.</summary>
    public int Index { get; }

    /// <summary>The text that it is of.</summary>
    public ReadOnlyMemory<byte> Text => _tape.Text;

    /// <summary>The value's own text.</summary>
    public ReadOnlySpan<byte> Span => _tape.Text.Span.Slice(Start, End - Start);

    /// <summary>Whether it is a number without a fraction or an exponent.</summary>
    public bool IsIntegerLiteral => Type == JsonTokenType.Number && Span.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>Whether a string has a backslash in it; where it has none, <see cref="RawString"/> is its text.</summary>
    public bool IsEscaped => _tape[Index].IsEscaped;

    /// <summary>What stands between the quotes of a string.</summary>
    public ReadOnlySpan<byte> RawString => _tape.RawString(Index);

    /// <summary>A string's text; a short one that was asked for before is not made again.</summary>
    public string GetString() => _tape.GetString(Index);

    /// <summary>A number; infinite where it is beyond what a double holds.</summary>
    public double GetDouble()
    {
        Utf8JsonReader reader = new(Span);
        reader.Read();
        return reader.TryGetDouble(out double value) ? value : Span[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>Whether it is a whole number of 64 bits, and which.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (!IsIntegerLiteral)
        {
            return false;
        }
        Utf8JsonReader reader = new(Span);
        reader.Read();
        return reader.TryGetInt64(out value);
    }

    /// <summary>The value's text as it stands, at most as long as a message can show.</summary>
    public string GetRawText()
    {
        ReadOnlySpan<byte> shown = Span.Slice(0, Math.Min(Span.Length, 200));
        return ApiTools.Text.VisibleText.Line(System.Text.Encoding.UTF8.GetString(shown.ToArray()), 40);
    }

    /// <summary>Another value of the same text; of no type for 0, where the tape has the whole text's value and never a part of it.</summary>
    /// <param name="index">Its <see cref="Index"/>.</param>
    public JsonSlice Other(int index) => index == 0 ? default : new(_tape, index);

    /// <summary>What another value of the same text is; nothing for 0.</summary>
    public JsonTokenType TypeOf(int index) => index == 0 ? JsonTokenType.None : _tape[index].Type;

    /// <summary>The members of an object, or the items of an array, one after another.</summary>
    public JsonChildren Children() => Type is JsonTokenType.StartObject or JsonTokenType.StartArray ? new(_tape, Index) : default;
}
