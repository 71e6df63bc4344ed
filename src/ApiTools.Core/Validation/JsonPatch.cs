using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Writes JSON Patches (RFC 6902). What is large is moved, never written again.</summary>
internal static class JsonPatch
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Replace(RequestPath path, string value) => Write(writer => Operation(writer, "replace", path, null, Quote(value)));

    /// <param name="path">The place.</param>
    /// <param name="json">The new value, as JSON.</param>
    public static string ReplaceRaw(RequestPath path, string json) => Write(writer => Operation(writer, "replace", path, null, json));

    public static string AddRaw(RequestPath path, string json) => Write(writer => Operation(writer, "add", path, null, json));

    public static string Remove(RequestPath path) => Write(writer => Operation(writer, "remove", path));

    public static string Move(RequestPath from, RequestPath path) => Write(writer => Operation(writer, "move", path, from));

    /// <summary>Puts a value into a new object that takes its place: <c>"x"</c> becomes <c>{"name":"x"}</c>.</summary>
    /// <param name="path">The value's place, a member of an object.</param>
    /// <param name="name">The name that it gets.</param>
    /// <param name="spare">A member that its parent does not have: a value cannot be moved into itself (RFC 6902 section 4.4).</param>
    public static string Wrap(RequestPath path, string name, RequestPath spare) => Write(writer =>
    {
        Operation(writer, "move", spare, path);
        Operation(writer, "add", path, null, "{}");
        Operation(writer, "move", path.Member(name), spare);
    });

    /// <summary>Adds texts at the end of an array.</summary>
    public static string Append(RequestPath array, IEnumerable<string> texts) => Write(writer =>
    {
        foreach (string text in texts)
        {
            Operation(writer, "add", array.Member("-"), null, Quote(text));
        }
    });

    /// <summary>Adds an array of texts.</summary>
    public static string AddTexts(RequestPath path, IEnumerable<string> texts) => AddRaw(path, $"[{string.Join(",", texts.Select(Quote))}]");

    /// <summary>functions becomes tools: each function moves into a tool.</summary>
    public static string FunctionsToTools(int count) => Write(writer =>
    {
        RequestPath tools = RequestPath.Root.Member("tools");
        RequestPath functions = RequestPath.Root.Member("functions");
        string empty = string.Join(",", Enumerable.Repeat("{\"type\":\"function\"}", count));
        Operation(writer, "add", tools, null, $"[{empty}]");
        for (int i = 0; i < count; i++)
        {
            // Each move takes the first one away.
            Operation(writer, "move", tools.Item(i).Member("function"), functions.Item(0));
        }
        Operation(writer, "remove", functions);
    });

    /// <summary>function_call with a function's name becomes tool_choice.</summary>
    public static string FunctionCallToToolChoice() => Write(writer =>
    {
        RequestPath choice = RequestPath.Root.Member("tool_choice");
        Operation(writer, "add", choice, null, "{\"type\":\"function\"}");
        Operation(writer, "move", choice.Member("function"), RequestPath.Root.Member("function_call"));
    });

    private static void Operation(Utf8JsonWriter writer, string op, RequestPath path, RequestPath? from = null, string? value = null)
    {
        writer.WriteStartObject();
        writer.WriteString("op", op);
        if (from is not null)
        {
            writer.WriteString("from", from.Pointer);
        }
        writer.WriteString("path", path.Pointer);
        if (value is not null)
        {
            writer.WritePropertyName("value");
            writer.WriteRawValue(value, skipInputValidation: true);
        }
        writer.WriteEndObject();
    }

    private static string Quote(string text) => "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"";

    private static string Write(Action<Utf8JsonWriter> writeOperations)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartArray();
            writeOperations(writer);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
