using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>
/// Reads JSON strings, those with half a surrogate pair too: a stream may split a pair over two chunks ("\ud83d", "\ude00"), each of
/// which System.Text.Json refuses to decode alone.
/// </summary>
internal static class JsonStrings
{
    private const byte Backslash = (byte)'\\';
    private const int StackChars = 256;

    /// <summary>The string, or the property's name, that the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? ReadEscaped(reader.ValueSpan) : Utf8Text.Read(reader.ValueSpan);

    /// <summary>
    /// Whether the property that the reader stands on has this name. Utf8JsonReader.ValueTextEquals says it of most, and throws where a name that may be
    /// anybody's has half a surrogate pair.
    /// </summary>
    public static bool NameIs(in Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? EscapedIs(reader.ValueSpan, name) : reader.ValueSpan.SequenceEqual(name);

    /// <summary>Decodes what stands between the quotes of a string that is known to be well-formed JSON.</summary>
    /// <param name="json">UTF-8; what is none becomes U+FFFD.</param>
    /// <param name="room">At least as many UTF-16 units as there are bytes.</param>
    /// <returns>How many UTF-16 units the text has.</returns>
    public static int Unescape(ReadOnlySpan<byte> json, Span<char> room)
    {
        int length = 0;
        while (true)
        {
            int run = json.IndexOf(Backslash);
            if (run < 0)
            {
                return length + Utf8Text.Read(json, room.Slice(length));
            }
            length += Utf8Text.Read(json.Slice(0, run), room.Slice(length));
            byte kind = json[run + 1];
            room[length++] = kind == (byte)'u' ? CodeUnit(json.Slice(run + 2, 4)) : Short(kind);
            json = json.Slice(run + (kind == (byte)'u' ? 6 : 2));
        }
    }

    private static bool EscapedIs(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        string.Equals(ReadEscaped(json), Utf8Text.Read(name), StringComparison.Ordinal);

    private static string ReadEscaped(ReadOnlySpan<byte> json)
    {
        char[]? rented = json.Length > StackChars ? ArrayPool<char>.Shared.Rent(json.Length) : null;
        Span<char> room = rented ?? stackalloc char[StackChars];
        try
        {
            return room.Slice(0, Unescape(json, room)).ToString();
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

    private static char CodeUnit(ReadOnlySpan<byte> hex) => Utf8Parser.TryParse(hex, out ushort unit, out _, 'x') ? (char)unit : '\ufffd';

    // RFC 8259, section 7.
    private static char Short(byte kind) =>
        kind switch { (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', (byte)'b' => '\b', (byte)'f' => '\f', _ => (char)kind };
}
