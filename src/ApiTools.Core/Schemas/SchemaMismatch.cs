namespace ApiTools.Schemas;

/// <summary>Where, and in what, an answer is not what its schema says; or a schema not what a schema is.</summary>
/// <param name="Place">Where.</param>
/// <param name="Problem">What is wrong there, such as <c>expected number, found null</c>; without a full stop.</param>
internal sealed record SchemaMismatch(SchemaPlace Place, string Problem)
{
    private static readonly string[] Verbs = ["is ", "has ", "takes ", "requires ", "leads ", "refers "];

    /// <summary>Both: <c>$.items[3].price: expected number, found null</c>.</summary>
    public override string ToString() =>
        Array.Exists(Verbs, verb => Problem.StartsWith(verb, StringComparison.Ordinal)) ? $"{Place} {Problem}" : $"{Place}: {Problem}";
}
