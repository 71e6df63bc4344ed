namespace ApiTools.Validation;

/// <summary>What the API documents of one value of a request: its kinds, its range, what it may hold.</summary>
internal sealed record RequestRule(string Name, JsonKinds Kinds)
{
    /// <summary>Whether a request without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Whether null is documented, as another way to leave it out.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>The smallest number; null for no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; null for no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>The strings that are allowed; null for any.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether services add to <see cref="Values"/>, so that another one is a warning only.</summary>
    public bool ValuesGrow { get; init; }

    /// <summary>The fewest characters of a string (UTF-16 units).</summary>
    public int MinimumLength { get; init; }

    /// <summary>The most characters of a string (UTF-16 units); null for no bound.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>The fewest items of an array.</summary>
    public int MinimumItems { get; init; }

    /// <summary>The most items of an array or members of an object; null for no bound.</summary>
    public int? MaximumItems { get; init; }

    /// <summary>The rule of an array's items; null for any.</summary>
    public RequestRule? Item { get; init; }

    /// <summary>The rule of every member's value, where an object is a map with names of the caller's own; null where it is none.</summary>
    public RequestRule? Entry { get; init; }

    /// <summary>The members that an object documents; null where nothing is said of them.</summary>
    public IReadOnlyList<RequestRule>? Members { get; init; }

    /// <summary>What members of the object demand of each other.</summary>
    public IReadOnlyList<RequestRelation> Relations { get; init; } = [];
}
