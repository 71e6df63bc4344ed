using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>What members of an object demand of each other: a row of the table as a parameter is.</summary>
/// <param name="Name">What to call it, such as <c>top_logprobs needs logprobs</c>: the table's own name for the row.</param>
/// <param name="Source">Where it is documented.</param>
/// <param name="Check">Adds what is wrong to the check's findings.</param>
/// <param name="About">The member without which there is nothing to check; null where it is about no one member.</param>
internal sealed record RequestRelation(string Name, string Source, RelationCheck Check, string? About = null)
{
    /// <summary>The one text of <see cref="About"/> that there is anything to check of; null where it may be anything.</summary>
    public string? Is { get; init; }

    /// <summary>The one type of <see cref="About"/> that there is anything to check of; None where it may be any.</summary>
    public JsonTokenType Type { get; init; }

    /// <summary>The member that leaves nothing to check where it is there and not null; null for none.</summary>
    public string? Unless { get; init; }
}
