using System.Buffers;
using System.Text;
using System.Text.Json;
using ApiTools.Tokens;

namespace ApiTools.Validation;

/// <summary>Counts the tokens of strings of a JSON text.</summary>
internal sealed class TextTokens(TokenEncoding encoding)
{
    /// <summary>The tokens of a string, its escapes resolved; 0 for anything else.</summary>
    public long Count(JsonSlice value)
    {
        if (value.Type != JsonTokenType.String)
        {
            return 0;
        }
        return value.IsEscaped ? CountEscaped(value) : encoding.Count(value.RawString);
    }

    /// <summary>The tokens of UTF-8 text.</summary>
    public long Count(ReadOnlySpan<byte> utf8) => encoding.Count(utf8);

    /// <summary>The tokens of a text.</summary>
    public long Count(string text) => encoding.Count(text.AsSpan());

    private long CountEscaped(JsonSlice value)
    {
        ReadOnlySpan<byte> raw = value.RawString;
        if (JsonText.FindHalfPair(raw) >= 0)
        {
            // No JSON reader makes text of half a pair: it is sent as U+FFFD.
            return encoding.Count(Encoding.UTF8.GetBytes(value.GetString()));
        }
        Utf8JsonReader reader = new(value.Span);
        reader.Read();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return encoding.Count(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
