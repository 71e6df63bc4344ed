using System.Text;
using System.Text.Encodings.Web;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>Writes JSON Patches (RFC 6902). What is large is moved, never written again.</summary>
internal static class JsonPatch
{
    // Longer values are moved: a patch that says again what is there tells nothing.
    private const int MaximumWritten = 65_536;

    public static string Replace(RequestPath path, string value) => Write(patch => Operation(patch, "replace", path, null, Quote(value)));

    /// <param name="path">The place.</param>
    /// <param name="json">The new value, as JSON.</param>
    public static string ReplaceRaw(RequestPath path, string json) => Write(patch => Operation(patch, "replace", path, null, json));

    public static string AddRaw(RequestPath path, string json) => Write(patch => Operation(patch, "add", path, null, json));

    public static string Remove(RequestPath path) => Write(patch => Operation(patch, "remove", path));

    public static string Move(RequestPath from, RequestPath path) => Write(patch => Operation(patch, "move", path, from));

    /// <summary>Puts a value into a new array that takes its place.</summary>
    /// <param name="path">The value's place, a member of an object.</param>
    /// <param name="value">The value.</param>
    public static string WrapInArray(RequestPath path, JsonSlice value)
    {
        if (value.End - value.Start <= MaximumWritten)
        {
            return ReplaceRaw(path, $"[{Utf8Text.Read(value.Span)}]");
        }
        RequestPath spare = RequestPath.Root.Member("(moved)");
        return Write(patch =>
        {
            Operation(patch, "move", spare, path);
            Operation(patch, "add", path, null, "[]");
            Operation(patch, "move", path.Item(0), spare);
        });
    }

    /// <summary>Adds texts at the end of an array.</summary>
    public static string Append(RequestPath array, IEnumerable<string> texts) => Write(patch =>
    {
        foreach (string text in texts)
        {
            Operation(patch, "add", array.Member("-"), null, Quote(text));
        }
    });

    /// <summary>Adds an array of texts.</summary>
    public static string AddTexts(RequestPath path, IEnumerable<string> texts) => AddRaw(path, $"[{string.Join(",", texts.Select(Quote))}]");

    /// <summary>functions becomes tools: each function moves into a tool.</summary>
    public static string FunctionsToTools(int count) => Write(patch =>
    {
        RequestPath tools = RequestPath.Root.Member("tools");
        RequestPath functions = RequestPath.Root.Member("functions");
        string empty = string.Join(",", Enumerable.Repeat("{\"type\":\"function\"}", count));
        Operation(patch, "add", tools, null, $"[{empty}]");
        for (int i = 0; i < count; i++)
        {
            // Each move takes the first one away.
            Operation(patch, "move", tools.Item(i).Member("function"), functions.Item(0));
        }
        Operation(patch, "remove", functions);
    });

    /// <summary>function_call with a function's name becomes tool_choice.</summary>
    public static string FunctionCallToToolChoice() => Write(patch =>
    {
        RequestPath choice = RequestPath.Root.Member("tool_choice");
        Operation(patch, "add", choice, null, "{\"type\":\"function\"}");
        Operation(patch, "move", choice.Member("function"), RequestPath.Root.Member("function_call"));
    });

    private static void Operation(StringBuilder patch, string op, RequestPath path, RequestPath? from = null, string? value = null)
    {
        patch.Append(patch.Length > 1 ? "," : string.Empty).Append("{\"op\":\"").Append(op).Append('"');
        if (from is not null)
        {
            patch.Append(",\"from\":").Append(Quote(from.Pointer));
        }
        patch.Append(",\"path\":").Append(Quote(path.Pointer));
        if (value is not null)
        {
            patch.Append(",\"value\":").Append(value);
        }
        patch.Append('}');
    }

    private static string Quote(string text) => "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"";

    private static string Write(Action<StringBuilder> writeOperations)
    {
        StringBuilder patch = new("[");
        writeOperations(patch);
        return patch.Append(']').ToString();
    }
}
