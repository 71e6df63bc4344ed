namespace ApiTools.Schemas;

/// <summary>The words of JSON Schema: which are read, and which only tell people something.</summary>
internal static class SchemaKeywords
{
    // JSON Schema 2020-12 validation, section 9, and core, sections 8.1.1 and 8.3: no value is valid or invalid for them.
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "$schema",
    };

    /// <summary>Whether a word says nothing of what is valid.</summary>
    public static bool IsAnnotation(string name) => Annotations.Contains(name);

    /// <summary>The types' names, as <c>type</c> has them.</summary>
    public static SchemaTypes TypeOf(string name) => name switch
    {
        "null" => SchemaTypes.Null,
        "boolean" => SchemaTypes.Boolean,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "string" => SchemaTypes.String,
        "array" => SchemaTypes.Array,
        "object" => SchemaTypes.Object,
        _ => SchemaTypes.None,
    };

    /// <summary>The types in words: <c>number or null</c>.</summary>
    public static string Describe(SchemaTypes types)
    {
        SchemaTypes[] each = [SchemaTypes.Object, SchemaTypes.Array, SchemaTypes.String, SchemaTypes.Number, SchemaTypes.Integer, SchemaTypes.Boolean, SchemaTypes.Null];
        return string.Join(" or ", each.Where(type => (types & type) != 0).Select(type => type.ToString().ToLowerInvariant()));
    }
}
