namespace ApiTools.Chat;

/// <summary>What a caller says of a request beside its messages. Null is left out of the request, so that the service's default applies.</summary>
internal sealed record ChatParameters
{
    public string? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of the answer.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Texts at which the answer ends, four at most.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    public long? Seed { get; init; }

    /// <summary>-2 to 2.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>-2 to 2.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>How much a reasoning model thinks, such as <c>low</c>.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>What the answer has to be, UTF-8 JSON; empty to take out what a request says of it.</summary>
    public byte[]? ResponseFormat { get; init; }

    /// <summary>Further members of the request, each with its name and its value as UTF-8 JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>>? Property { get; init; }

    /// <summary>True to have the answer streamed.</summary>
    public bool Stream { get; init; }
}
