using System.Text;
using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Repair;

/// <summary>One operation of a JSON Patch (RFC 6902).</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Path">Where.</param>
/// <param name="From">Where a move or a copy takes the value; null for the others.</param>
/// <param name="Value">The value of add, replace and test, JSON text; empty for the others.</param>
internal sealed record PatchOperation(PatchKind Kind, JsonPointer Path, JsonPointer? From, byte[] Value)
{
    private static readonly string[] Names = ["add", "remove", "replace", "move", "copy", "test"];

    /// <summary>The places that it names.</summary>
    public IEnumerable<JsonPointer> Pointers => From is null ? [Path] : [Path, From];

    /// <summary>Reads a patch.</summary>
    /// <param name="patch">The text of a JSON Patch: an array of operations.</param>
    /// <exception cref="ApiException">invalid_value: it is no JSON Patch.</exception>
    public static IReadOnlyList<PatchOperation> ReadAll(string patch)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(patch);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(Read)]
                : throw ApiErrors.PatchInvalid("it is no array of operations.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // InvalidOperationException: a string with half a surrogate pair in it.
            throw ApiErrors.PatchInvalid("it is no JSON, or has half a character in it.");
        }
    }

    private static PatchOperation Read(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.PatchInvalid("an operation of it is no object.");
        }
        int kind = Array.IndexOf(Names, Text(operation, "op"));
        if (kind < 0)
        {
            throw ApiErrors.PatchInvalid("the op of an operation is none of add, remove, replace, move, copy and test.");
        }
        PatchKind op = (PatchKind)kind;
        return new PatchOperation(
            op,
            Pointer(operation, "path"),
            op is PatchKind.Move or PatchKind.Copy ? Pointer(operation, "from") : null,
            op is PatchKind.Add or PatchKind.Replace or PatchKind.Test ? ValueOf(operation) : []);
    }

    private static JsonPointer Pointer(JsonElement operation, string name) =>
        JsonPointer.Parse(Text(operation, name)) ?? throw ApiErrors.PatchInvalid($"the {name} of an operation is no JSON Pointer.");

    private static string Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw ApiErrors.PatchInvalid($"an operation has no {name}.");

    private static byte[] ValueOf(JsonElement operation) =>
        operation.TryGetProperty("value", out JsonElement value)
            ? Encoding.UTF8.GetBytes(value.GetRawText())
            : throw ApiErrors.PatchInvalid("an operation has no value.");
}
