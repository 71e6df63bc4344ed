using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Writes a JSON Patch (RFC 6902) of one operation.</summary>
internal static class JsonPatch
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Replace(RequestPath path, string value) => Write("replace", path, writer => writer.WriteString("value", value));

    /// <param name="path">The place.</param>
    /// <param name="json">The new value, as JSON.</param>
    public static string ReplaceRaw(RequestPath path, string json) => Write("replace", path, writer => WriteRaw(writer, json));

    public static string AddRaw(RequestPath path, string json) => Write("add", path, writer => WriteRaw(writer, json));

    public static string Remove(RequestPath path) => Write("remove", path, null);

    public static string Move(RequestPath from, RequestPath path) => Write("move", path, null, from);

    private static void WriteRaw(Utf8JsonWriter writer, string json)
    {
        writer.WritePropertyName("value");
        writer.WriteRawValue(json);
    }

    private static string Write(string op, RequestPath path, Action<Utf8JsonWriter>? writeValue, RequestPath? from = null)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("op", op);
            if (from is not null)
            {
                writer.WriteString("from", from.Pointer);
            }
            writer.WriteString("path", path.Pointer);
            writeValue?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
