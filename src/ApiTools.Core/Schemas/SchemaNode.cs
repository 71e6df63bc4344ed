using System.Text.RegularExpressions;

namespace ApiTools.Schemas;

/// <summary>One schema, read: what it demands of a value. Null is what it says nothing of.</summary>
internal sealed class SchemaNode(SchemaPlace place, int id)
{
    public SchemaPlace Place { get; } = place;

    /// <summary>Its number among the schema's schemas, from 0.</summary>
    public int Id { get; } = id;

    /// <summary>How many objects its schema stands in, itself included.</summary>
    public int Level { get; set; }

    public SchemaTypes Types { get; set; } = SchemaTypes.All;

    /// <summary>Whether it names its types, and does not allow all for want of a word.</summary>
    public bool NamesTypes { get; set; }

    /// <summary>The schema <c>false</c>, which no value matches.</summary>
    public bool IsNever { get; set; }

    /// <summary>The schema that <c>$ref</c> leads to.</summary>
    public SchemaNode? Reference { get; set; }

    public IReadOnlyList<SchemaNode>? AnyOf { get; set; }

    /// <summary>The values of <c>enum</c>, or the one of <c>const</c>.</summary>
    public IReadOnlyList<JsonTree>? Enum { get; set; }

    public JsonTree? Const { get; set; }

    public IReadOnlyDictionary<string, SchemaNode>? Properties { get; set; }

    public IReadOnlyList<string> Required { get; set; } = [];

    /// <summary>What a member has to be that is none of the properties.</summary>
    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? Items { get; set; }

    public long? MinItems { get; set; }

    public long? MaxItems { get; set; }

    /// <summary>In characters, not in UTF-16 units.</summary>
    public long? MinLength { get; set; }

    public long? MaxLength { get; set; }

    public Regex? Pattern { get; set; }

    /// <summary>The pattern as the schema has it.</summary>
    public string? PatternText { get; set; }

    public string? Format { get; set; }

    public SchemaBound? Minimum { get; set; }

    public SchemaBound? Maximum { get; set; }

    public SchemaBound? ExclusiveMinimum { get; set; }

    public SchemaBound? ExclusiveMaximum { get; set; }

    public SchemaBound? MultipleOf { get; set; }

    /// <summary>The schemas that the same value has to match too.</summary>
    public IEnumerable<SchemaNode> OfSameValue => Reference is null ? AnyOf ?? [] : (AnyOf ?? []).Append(Reference);
}
