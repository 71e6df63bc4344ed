using ApiTools.Errors;

namespace ApiTools.Schemas;

/// <summary>
/// A JSON Schema of what services take: the subset that OpenAI's guide to Structured Outputs documents ("Supported schemas"), and of JSON Schema 2020-12
/// the lengths of strings beside it.
/// </summary>
internal sealed class JsonSchema
{
    /// <summary>The largest schema that is read, in bytes: names and values of 120,000 characters are the most that services take.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private JsonSchema(ReadOnlyMemory<byte> utf8Json, JsonTree tree, SchemaReader reader)
    {
        Utf8Json = utf8Json;
        Nodes = reader.Nodes;
        Root = Nodes[0];
        Title = tree.Member("title")?.Text;
    }

    /// <summary>The schema as it was given.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>Its title; null where it has none.</summary>
    public string? Title { get; }

    public SchemaNode Root { get; }

    /// <summary>All schemas in it, the root first.</summary>
    public IReadOnlyList<SchemaNode> Nodes { get; }

    /// <summary>Reads a schema.</summary>
    /// <param name="utf8Json">The schema, UTF-8, with or without a byte order mark.</param>
    /// <param name="isStrict">Whether it is to be what services demand of a strict one too.</param>
    /// <exception cref="ApiRequestException">invalid_value: it is none, is endless, or has what no service takes; the message says where.</exception>
    public static JsonSchema Read(ReadOnlyMemory<byte> utf8Json, bool isStrict)
    {
        ReadOnlyMemory<byte> json = utf8Json.Slice(utf8Json.Length - Text.Utf8Text.SkipMark(utf8Json.Span).Length);
        if (json.Length > MaximumBytes)
        {
            throw ApiErrors.SchemaInvalid($"$ is {json.Length >> 10} kB long, which is more than any service takes ({MaximumBytes >> 10} kB)");
        }
        JsonTree tree = JsonTreeReader.Read(json, out SchemaMismatch? fault) ?? throw ApiErrors.SchemaInvalid(fault!.ToString());
        SchemaReader reader = new(tree);
        fault = reader.Read() ?? SchemaCycles.Find(reader.Nodes) ?? (isStrict ? StrictDemands.Find(reader.Nodes) : null);
        return fault is null ? new JsonSchema(json, tree, reader) : throw ApiErrors.SchemaInvalid(fault.ToString());
    }
}
