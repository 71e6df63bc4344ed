using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Writes JSON as services do: text as itself, not as escapes.</summary>
internal static class JsonBody
{
    private const int KeptCapacity = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One to a thread: a stream is many small documents.
    [ThreadStatic]
    private static MemoryStream? _stream;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The document that an action writes; the action writes no other on the way.</summary>
    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        MemoryStream stream = _stream ??= new();
        Utf8JsonWriter writer = _writer ??= new(stream, Options);
        stream.SetLength(0);
        writer.Reset();
        write(writer);
        writer.Flush();
        byte[] bytes = stream.ToArray();
        if (stream.Capacity > KeptCapacity)
        {
            (_stream, _writer) = (null, null);
        }
        return bytes;
    }

    public static string ToText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(ToBytes(write));
}
