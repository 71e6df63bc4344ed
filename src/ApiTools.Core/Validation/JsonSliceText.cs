using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Compares strings of a JSON text without making strings of them, as far as they have no escapes.</summary>
internal static class JsonSliceText
{
    /// <summary>Whether the value is this string. Inlined, so that a short text is compared as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsText(this JsonSlice value, ReadOnlySpan<byte> text) =>
        value.Type == JsonTokenType.String && (value.IsEscaped ? IsEscapedText(value, text) : value.RawString.SequenceEqual(text));

    /// <summary>The string in UTF-8, escapes resolved: the text's own bytes where there are none.</summary>
    public static ReadOnlySpan<byte> Plain(JsonSlice value) => value.IsEscaped ? Encoding.UTF8.GetBytes(value.GetString()) : value.RawString;

    /// <summary>What stands between quotes, in UTF-8, escapes resolved: the text's own bytes where there are none.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> raw) => raw.IndexOf((byte)'\\') < 0 ? raw : Encoding.UTF8.GetBytes(JsonText.Decode(raw));

    /// <summary>Whether two values are the same string.</summary>
    public static bool SameText(JsonSlice a, JsonSlice b) =>
        a.Type == JsonTokenType.String && b.Type == JsonTokenType.String && Plain(a).SequenceEqual(Plain(b));

    // An escape is at most six bytes for one: of what is longer no string is made.
    private static bool IsEscapedText(JsonSlice value, ReadOnlySpan<byte> text) =>
        value.RawString.Length <= 6 * text.Length && Plain(value).SequenceEqual(text);

    /// <summary>The first member of that name; of no type where there is none, or the value is no object.</summary>
    public static JsonSlice Member(this JsonSlice value, ReadOnlySpan<byte> name)
    {
        if (value.Type == JsonTokenType.StartObject)
        {
            JsonChildren members = value.Children();
            while (members.MoveNext())
            {
                if (members.NameIs(name))
                {
                    return members.Value;
                }
            }
        }
        return default;
    }
}
