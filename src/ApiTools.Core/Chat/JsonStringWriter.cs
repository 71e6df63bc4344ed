using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>
/// Writes JSON strings to the letter, those with half a surrogate pair too, which System.Text.Json refuses or replaces: a model's text may be cut
/// in the middle of a character. The half stands as an escape, which is how <see cref="JsonStrings"/> reads it back.
/// </summary>
internal static class JsonStringWriter
{
    /// <summary>Writes a string as the value of the property that was just named, or as an item.</summary>
    public static void Write(Utf8JsonWriter writer, string text)
    {
        if (IsWhole(text))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteRawValue(Escape(text), skipInputValidation: true);
        }
    }

    /// <summary>Writes a property; null where there is no text.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        writer.WritePropertyName(name);
        if (text is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Write(writer, text);
        }
    }

    private static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !IsPair(text, i++))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsPair(string text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);

    // RFC 8259 section 7 says what must be escaped. What some programs take for the end of a line is escaped too: a JSONL line is one line to all.
    private static byte[] Escape(string text)
    {
        StringBuilder json = new(text.Length + 16);
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsSurrogate(c) && IsPair(text, i))
            {
                json.Append(c).Append(text[++i]);
            }
            else if (c is '"' or '\\')
            {
                json.Append('\\').Append(c);
            }
            else if (char.IsSurrogate(c) || char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(c);
            }
        }
        return Encoding.UTF8.GetBytes(json.Append('"').ToString());
    }
}
