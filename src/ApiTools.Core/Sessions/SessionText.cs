using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Sessions;

/// <summary>
/// A session as text: JSON that is a request's body too, <c>{"model":...,"messages":[...]}</c>, a message a line. What is no part of a request stands
/// as texts under <c>metadata</c>, which the API leaves to its callers.
/// </summary>
internal static class SessionText
{
    public const string Model = "model";
    public const string Messages = "messages";
    public const string Metadata = "metadata";

    /// <summary>The metadata that says that ApiTools wrote the file, and in which version of this format.</summary>
    public const string FormatKey = "apitools_session";

    public const string CallsKey = "calls";
    public const string PromptKey = "prompt_tokens";
    public const string CompletionKey = "completion_tokens";
    public const string TotalKey = "total_tokens";
    public const string CachedKey = "cached_tokens";
    public const string ReasoningKey = "reasoning_tokens";

    /// <summary>The version of the format that is written.</summary>
    public const string Version = "1";

    /// <summary>The text, UTF-8 without a byte order mark.</summary>
    public static byte[] Write(SessionHistory history)
    {
        using MemoryStream text = new();
        Append(text, "{\n");
        if (history.Model is string model)
        {
            Append(text, $"  \"{Model}\": ");
            Append(text, JsonWriting.ToUtf8(writer => JsonStringWriter.Write(writer, model)));
            Append(text, ",\n");
        }
        Append(text, $"  \"{Messages}\": [");
        for (int i = 0; i < history.Messages.Count; i++)
        {
            Append(text, i == 0 ? "\n    " : ",\n    ");
            Append(text, history.Messages[i].Utf8Json);
        }
        Append(text, history.Messages.Count == 0 ? "],\n" : "\n  ],\n");
        Append(text, $"  \"{Metadata}\": ");
        Append(text, JsonWriting.ToUtf8(writer => WriteMetadata(writer, history)));
        Append(text, "\n}\n");
        return text.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, SessionHistory history)
    {
        writer.WriteStartObject();
        writer.WriteString(FormatKey, Version);
        Write(writer, CallsKey, history.Calls);
        Write(writer, PromptKey, history.Usage.Prompt);
        Write(writer, CompletionKey, history.Usage.Completion);
        Write(writer, TotalKey, history.Usage.Total);
        Write(writer, CachedKey, history.Usage.Cached);
        Write(writer, ReasoningKey, history.Usage.Reasoning);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, long value) => writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void Append(Stream target, string text) => Append(target, Encoding.UTF8.GetBytes(text));

    private static void Append(Stream target, byte[] bytes) => target.Write(bytes, 0, bytes.Length);
}
