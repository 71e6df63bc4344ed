namespace ApiTools.Chat;

/// <summary>What a value of a tool's argument may be: as much of JSON Schema as services understand. Null is left out.</summary>
internal sealed record ToolSchema
{
    /// <summary>string, integer, number, boolean, array or object; null for any value.</summary>
    public string? Type { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of text it is, such as <c>date-time</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The values that it may have, each as JSON text.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What it is where it is left out, as JSON text.</summary>
    public string? Default { get; init; }

    /// <summary>The least number, as JSON text.</summary>
    public string? Minimum { get; init; }

    /// <summary>The largest number, as JSON text.</summary>
    public string? Maximum { get; init; }

    /// <summary>The number that it has to be above, as JSON text.</summary>
    public string? ExclusiveMinimum { get; init; }

    /// <summary>The number that it has to be below, as JSON text.</summary>
    public string? ExclusiveMaximum { get; init; }

    /// <summary>A regular expression that its text matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>The fewest characters of its text.</summary>
    public int? MinimumLength { get; init; }

    /// <summary>The most characters of its text.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>The fewest items of an array.</summary>
    public int? MinimumItems { get; init; }

    /// <summary>The most items of an array.</summary>
    public int? MaximumItems { get; init; }

    /// <summary>What each item of an array may be; null for anything.</summary>
    public ToolSchema? Items { get; init; }
}
