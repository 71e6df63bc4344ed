using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>Writes JSON as it is sent.</summary>
internal static class JsonWriting
{
    // Only what JSON demands is escaped: the text goes over the wire as it was written.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a request that is sent unchecked (-SkipRequestValidation): its service may take more levels than the check does.</summary>
    public static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_000 };

    /// <summary>What is written, UTF-8 JSON.</summary>
    public static byte[] ToUtf8(Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            write(writer);
        }
        return buffer.ToArray();
    }
}
