using System.Text;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>
/// One value of a JSON text whose syntax has been checked, as a range of the text. Nothing of it is held but its place, so that a request
/// of any size is walked in constant memory; a level is read again when its children are asked for.
/// </summary>
internal readonly record struct JsonSlice(ReadOnlyMemory<byte> Text, int Start, int End, JsonTokenType Type)
{
    /// <summary>The value's own text.</summary>
    public ReadOnlySpan<byte> Span => Text.Span.Slice(Start, End - Start);

    /// <summary>Whether it is a number without a fraction or an exponent.</summary>
    public bool IsIntegerLiteral => Type == JsonTokenType.Number && Span.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    /// <summary>What stands between the quotes of a string.</summary>
    public ReadOnlySpan<byte> RawString => Text.Span.Slice(Start + 1, End - Start - 2);

    /// <summary>The value that a whole JSON text is.</summary>
    public static JsonSlice Of(ReadOnlyMemory<byte> text)
    {
        Utf8JsonReader reader = new(text.Span);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        JsonTokenType type = reader.TokenType;
        reader.Skip();
        return new JsonSlice(text, start, (int)reader.BytesConsumed, type);
    }

    /// <summary>A string's text.</summary>
    public string GetString() => JsonText.Decode(RawString);

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
        return ApiTools.Text.VisibleText.Line(Encoding.UTF8.GetString(shown.ToArray()), 40);
    }

    /// <summary>The members of an object, or the items of an array, one after another.</summary>
    public JsonChildren Children() => new(this);
}
