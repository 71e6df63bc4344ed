namespace ApiTools.Schemas;

/// <summary>A number that a schema names.</summary>
/// <param name="Text">As the schema has it.</param>
/// <param name="Value">What it says.</param>
internal sealed record SchemaBound(string Text, SchemaNumber Value);
