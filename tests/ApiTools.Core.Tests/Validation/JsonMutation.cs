using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>Texts near JSON: generated JSON with up to three edits, of bytes or of what people mistype.</summary>
internal static class JsonMutation
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "0", "-", "+", ".", "e", "t", "n", "'", "/", "//", "/*", "*/", "#", " ", "\n", "\r", "\t", "é", "\u201c",
        "\u201d", "\u00a0", "\ufeff", "true", "True", "None", "NaN", "\0", "\u0001", "01", "1.", ".5", ";", "=", "`", "```", "😀", "a", "\"a\":", "null", "\uff0c", "0x1f", "_", "\\x41", "\\'",
    ];

    private const int OrdinaryRuns = 20_000;

    /// <summary>How many texts a test tries: APITOOLS_MUTATIONS, or 20,000.</summary>
    public static int Runs { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("APITOOLS_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) ? runs : OrdinaryRuns;

    /// <summary>As many as a slower test tries by default, and as many times more as APITOOLS_MUTATIONS asks for.</summary>
    public static int Scale(int ordinary) => (int)Math.Max(1, (long)ordinary * Runs / OrdinaryRuns);

    /// <summary>The next text.</summary>
    public static byte[] Next(Random random)
    {
        StringBuilder json = new();
        Value(random, json, 0);
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(json.ToString())];
        for (int edits = random.Next(4); edits > 0; edits--)
        {
            Edit(random, bytes);
        }
        return [.. bytes];
    }

    /// <summary>Whether a strict reader takes it, and every byte is UTF-8.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> text)
    {
        try
        {
            _ = new UTF8Encoding(false, true).GetCharCount(text);
            Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Adds a value of JSON, of up to four levels.</summary>
    public static void Value(Random random, StringBuilder json, int depth)
    {
        int kind = random.Next(depth > 3 ? 6 : 10);
        Blank(random, json);
        switch (kind)
        {
            case 0:
                json.Append(new[] { "true", "false", "null" }[random.Next(3)]);
                break;
            case 1 or 2:
                json.Append(new[] { "0", "-1", "12.5", "1e3", "-0.5E-2", "123456789012345678901234567890" }[random.Next(6)]);
                break;
            case 3 or 4 or 5:
                Text(random, json);
                break;
            case 6 or 7:
                Container(random, json, depth, '[', ']');
                break;
            default:
                Container(random, json, depth, '{', '}');
                break;
        }
        Blank(random, json);
    }

    private static void Container(Random random, StringBuilder json, int depth, char start, char end)
    {
        json.Append(start);
        for (int i = 0, count = random.Next(5); i < count; i++)
        {
            json.Append(i > 0 ? "," : string.Empty);
            if (start == '{')
            {
                Blank(random, json);
                Text(random, json);
                Blank(random, json);
                json.Append(':');
            }
            Value(random, json, depth + 1);
        }
        Blank(random, json);
        json.Append(end);
    }

    private static void Text(Random random, StringBuilder json)
    {
        json.Append('"');
        for (int i = random.Next(5); i > 0; i--)
        {
            json.Append(new[] { "a", "role", "\\n", "\\u00e9", "é", "😀", " ", "\\\"", "\\\\", "\\ud83d\\ude00", "it's", ",", "}", "\\/" }[random.Next(14)]);
        }
        json.Append('"');
    }

    private static void Blank(Random random, StringBuilder json) => json.Append(random.Next(6) switch { 0 => " ", 1 => "\n", 2 when random.Next(4) == 0 => "\r\n\t", _ => string.Empty });

    private static void Edit(Random random, List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2 or 3:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 4), bytes.Count - at));
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
        }
    }
}
