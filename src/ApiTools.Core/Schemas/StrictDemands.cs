using ApiTools.Text;

namespace ApiTools.Schemas;

/// <summary>
/// What services demand of a strict schema: objects that name all they have, and so much and no more (OpenAI's guide to Structured Outputs, supported
/// schemas).
/// </summary>
internal static class StrictDemands
{
    private const int MaximumProperties = 5000;
    private const int MaximumLevels = 10;
    private const int MaximumCharacters = 120_000;
    private const int MaximumEnumValues = 1000;

    // So many values of one enum may have any length; more only so much together.
    private const int FewEnumValues = 250;
    private const int MaximumEnumCharacters = 15_000;

    /// <summary>The first fault; null where there is none.</summary>
    public static SchemaMismatch? Find(IReadOnlyList<SchemaNode> nodes)
    {
        SchemaNode root = nodes[0];
        if (root.Types != SchemaTypes.Object || root.AnyOf is not null)
        {
            return new SchemaMismatch(root.Place, "expected a schema of type object, without anyOf: strict takes no other for the whole answer");
        }
        return nodes.Select(FindIn).FirstOrDefault(fault => fault is not null) ?? FindExcess(nodes);
    }

    private static SchemaMismatch? FindIn(SchemaNode node)
    {
        bool isObject = node.Properties is not null || (node.NamesTypes && (node.Types & SchemaTypes.Object) != 0);
        if (isObject && node.AdditionalProperties is not { IsNever: true })
        {
            return new SchemaMismatch(node.Place, "strict needs 'additionalProperties' to be false");
        }
        if (node.Properties?.Keys.Except(node.Required, StringComparer.Ordinal).FirstOrDefault() is string optional)
        {
            return new SchemaMismatch(node.Place, $"strict needs every property in 'required', and '{VisibleText.Line(optional, 60)}' is not; one that may be left out is of the types it has and null");
        }
        if (node.Level > MaximumLevels)
        {
            return new SchemaMismatch(node.Place, $"is nested {node.Level} levels deep; services take {MaximumLevels}");
        }
        int characters = node.Enum?.Count > FewEnumValues ? node.Enum.Sum(value => value.Text.Length) : 0;
        return characters > MaximumEnumCharacters
            ? new SchemaMismatch(node.Place.Member("enum"), $"has {node.Enum!.Count} values of {characters} characters; of more than {FewEnumValues} services take {MaximumEnumCharacters} characters")
            : null;
    }

    private static SchemaMismatch? FindExcess(IReadOnlyList<SchemaNode> nodes)
    {
        int properties = nodes.Sum(node => node.Properties?.Count ?? 0);
        int values = nodes.Sum(node => node.Enum?.Count ?? 0);
        long characters = nodes.Sum(node =>
            (node.Properties?.Keys.Sum(name => (long)name.Length) ?? 0) + (node.Enum?.Sum(value => (long)value.Text.Length) ?? 0) + (node.Const?.Text.Length ?? 0));
        return properties > MaximumProperties ? Excess(properties, "properties", MaximumProperties)
            : values > MaximumEnumValues ? Excess(values, "values in enums", MaximumEnumValues)
            : characters > MaximumCharacters ? Excess(characters, "characters in names and values", MaximumCharacters)
            : null;
    }

    private static SchemaMismatch Excess(long count, string what, int maximum) => new(SchemaPlace.Root, FormattableString.Invariant($"has {count:N0} {what}; services take {maximum:N0}"));
}
