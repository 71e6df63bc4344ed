using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>One request as it is sent, and how.</summary>
internal sealed record ChatCall
{
    /// <summary>The request, UTF-8 JSON: exactly these bytes are sent.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The model it names, for the history of the tries.</summary>
    public string? Model { get; init; }

    /// <summary>What it came from, for the completion's Input.</summary>
    public object? Input { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    public AttemptLimits Limits { get; init; } = AttemptLimits.Default;
}
