namespace ApiTools.Validation;

/// <summary>What the check of a request may take into account.</summary>
internal sealed record RequestCheckOptions
{
    /// <summary>The page's rules, nothing known of the service.</summary>
    public static RequestCheckOptions Default { get; } = new();

    /// <summary>The models that the service offers, where that is known: any other is an error. Null where it is not known.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The context window of a model in tokens, where the service says it; null for the built-in table.</summary>
    public Func<string, int?>? ContextWindow { get; init; }

    /// <summary>True where the page's estimate is the service's own count (the simulator's), so that too many tokens is an error and no warning.</summary>
    public bool EstimateIsExact { get; init; }

    /// <summary>True where the sender renames max_tokens for a model that refuses it, as Invoke-ApiChat does.</summary>
    public bool RenamesMaxTokens { get; init; }

    /// <summary>The ids of the lines of a batch that came before; null where a request stands alone.</summary>
    public BatchIds? BatchIds { get; init; }

    /// <summary>How many errors and how many warnings are told.</summary>
    public int MaximumFindings { get; init; } = FindingList.Maximum;

    /// <summary>Where the request came from, for the report.</summary>
    public string? Source { get; init; }

    /// <summary>The number of the text's first line: another than 1 for one request of several in a file.</summary>
    public int FirstLine { get; init; } = 1;

    /// <summary>True where the request came as text, so that findings have a line and a column.</summary>
    public bool HasPositions { get; init; } = true;
}
