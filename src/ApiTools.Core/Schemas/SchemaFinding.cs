namespace ApiTools.Schemas;

/// <summary>What a check found; its place is made only where it is told.</summary>
/// <param name="Value">Where.</param>
/// <param name="Missing">The member of it that is missing; null for the value itself.</param>
/// <param name="Problem">What is wrong there.</param>
internal sealed record SchemaFinding(JsonTree Value, string? Missing, string Problem)
{
    /// <summary>The types that were expected, where it is of another.</summary>
    public SchemaTypes Expected { get; init; }

    /// <summary>How far the check came: the deeper, and at one depth what is of the right type.</summary>
    public int Reach => (Value.Depth * 2) + (Expected == SchemaTypes.None ? 1 : 0);

    public SchemaMismatch ToMismatch() => new(Missing is null ? Value.Place : Value.Place.Member(Missing), Problem);
}
