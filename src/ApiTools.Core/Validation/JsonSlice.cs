using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>One value of a JSON text whose syntax has been checked: a place on its tape. Two words, so that it is handed on in registers.</summary>
/// <param name="tape">The text's tape.</param>
/// <param name="index">The value's place on it.</param>
internal readonly struct JsonSlice(JsonTape tape, int index)
{
    // Null in the slice that stands for no value at all.
    private readonly JsonTape? _tape = tape;

    /// <summary>The offset of its first byte.</summary>
    public int Start => _tape is null ? 0 : _tape[Index].Start;

    /// <summary>The offset past its last byte.</summary>
    public int End => _tape is null ? 0 : _tape[Index].End;

    /// <summary>What it is; a container by its beginning, None for no value at all.</summary>
    public JsonTokenType Type => _tape is null ? JsonTokenType.None : _tape[Index].Type;

    /// <summary>Its place on the tape.</summary>
    public int Index { get; } = index;

    /// <summary>The text that it is of.</summary>
    public ReadOnlyMemory<byte> Text => _tape!.Text;

    /// <summary>The value's own text.</summary>
    public ReadOnlySpan<byte> Span => _tape!.Span(Index);

    /// <summary>Whether it is a number without a fraction or an exponent.</summary>
    public bool IsIntegerLiteral => Type == JsonTokenType.Number && Span.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>Whether a string has a backslash in it; where it has none, <see cref="RawString"/> is its text.</summary>
    public bool IsEscaped => _tape![Index].IsEscaped;

    /// <summary>What stands between the quotes of a string.</summary>
    public ReadOnlySpan<byte> RawString => _tape!.RawString(Index);

    /// <summary>A string's text; a short one that was asked for before is not made again.</summary>
    public string GetString() => _tape!.GetString(Index);

    /// <summary>A number; infinite where it is beyond what a double holds.</summary>
    public double GetDouble() => JsonNumber.ToDouble(Span);

    /// <summary>Whether it is a whole number of 64 bits, and which.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Type == JsonTokenType.Number && JsonNumber.TryGetInt64(Span, out value);
    }

    /// <summary>The value's text as it stands, at most as long as a message can show.</summary>
    public string GetRawText()
    {
        ReadOnlySpan<byte> shown = Span.Slice(0, Math.Min(Span.Length, 200));
        return ApiTools.Text.VisibleText.Line(System.Text.Encoding.UTF8.GetString(shown.ToArray()), 40);
    }

    /// <summary>The members of an object, or the items of an array, one after another.</summary>
    public JsonChildren Children() => Type is JsonTokenType.StartObject or JsonTokenType.StartArray ? new(_tape!, Index) : default;
}
