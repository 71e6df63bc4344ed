using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>
/// Reads JSON strings, those with half a surrogate pair too: a stream may split a pair over two chunks ("\ud83d", "\ude00"), each of
/// which System.Text.Json refuses to decode alone.
/// </summary>
internal static class JsonStrings
{
    private const int StackChars = 256;

    /// <summary>The string that the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        StringBuilder text = new();
        Append(ref reader, text);
        return text.ToString();
    }

    /// <summary>Adds the string that the reader stands on, without an allocation of its own.</summary>
    public static void Append(ref Utf8JsonReader reader, StringBuilder target)
    {
        // A string has at most as many UTF-16 units as bytes.
        int length = reader.ValueSpan.Length;
        char[]? rented = length > StackChars ? ArrayPool<char>.Shared.Rent(length) : null;
        Span<char> buffer = rented ?? stackalloc char[StackChars];
        try
        {
            int written = reader.CopyString(buffer);
            AppendSpan(target, buffer.Slice(0, written));
        }
        catch (InvalidOperationException)
        {
            AppendHalves(reader.ValueSpan, target);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

#if NET8_0_OR_GREATER
    private static void AppendSpan(StringBuilder target, ReadOnlySpan<char> text) => target.Append(text);
#else
    private static unsafe void AppendSpan(StringBuilder target, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }
        fixed (char* start = text)
        {
            target.Append(start, text.Length);
        }
    }
#endif

    // The JSON is known to be well-formed: only escapes have to be undone (RFC 8259 section 7).
    private static void AppendHalves(ReadOnlySpan<byte> escaped, StringBuilder target)
    {
        string text = Encoding.UTF8.GetString(escaped.ToArray());
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                target.Append(text[i]);
                continue;
            }
            char kind = text[++i];
            if (kind == 'u')
            {
                target.Append((char)ushort.Parse(text.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                target.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => kind });
            }
        }
    }
}
