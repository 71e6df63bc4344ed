using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Writes JSON as services do: text as itself, not as escapes.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            write(writer);
        }
        return stream.ToArray();
    }

    public static string ToText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(ToBytes(write));
}
