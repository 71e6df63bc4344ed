namespace ApiTools.Measuring;

/// <summary>How tokens are to be counted.</summary>
internal sealed record TokenCountOptions
{
    /// <summary>The model; null for the one that a request names.</summary>
    public string? Model { get; init; }

    /// <summary>The model where neither this nor a request says one.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>The encoding; null for the model's.</summary>
    public string? Encoding { get; init; }

    /// <summary>Exact or Estimate; null for exact where the encoding is known.</summary>
    public TokenMethod? Method { get; init; }

    /// <summary>Tokens to keep for the answer; null for what a request says.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether the name of a special token, such as <c>&lt;|endoftext|&gt;</c>, is that token and not text.</summary>
    public bool AllowSpecial { get; init; }
}
