using ApiTools.Text;

namespace ApiTools;

/// <summary>A model that a service offers, with what is known of its limits. What is not known is null, never guessed.</summary>
public sealed class ModelInfo
{
    internal ModelInfo(string id, string? ownedBy, DateTimeOffset? created, int? contextWindow, int? maxOutputTokens, string? encoding)
    {
        Id = id;
        OwnedBy = ownedBy;
        Created = created;
        ContextWindow = contextWindow;
        MaxOutputTokens = maxOutputTokens;
        Encoding = encoding;
    }

    /// <summary>The name to ask for.</summary>
    public string Id { get; }

    /// <summary>Who made it, as the service says.</summary>
    public string? OwnedBy { get; }

    /// <summary>When it was made, as the service says.</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>The context window in tokens: prompt and answer together.</summary>
    public int? ContextWindow { get; }

    /// <summary>The most tokens that an answer can have.</summary>
    public int? MaxOutputTokens { get; }

    /// <summary>The name of its token encoding, such as <c>o200k_base</c>.</summary>
    public string? Encoding { get; }

    /// <summary>What it takes: <c>text</c>, <c>image</c>, <c>audio</c>; empty where that is not known.</summary>
    public IReadOnlyList<string> InputModalities { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>What it answers with; empty where that is not known.</summary>
    public IReadOnlyList<string> OutputModalities { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>The name.</summary>
    public override string ToString() => Id;
}
