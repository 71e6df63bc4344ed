using ApiTools.Http;

namespace ApiTools.Chat;

/// <summary>One request as it is sent, and how.</summary>
internal sealed record ChatCall
{
    /// <summary>The request, UTF-8 JSON: exactly these bytes are sent to <see cref="Model"/>.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The model it names, for the history of the tries.</summary>
    public string? Model { get; init; }

    /// <summary>The models to ask where that one fails, in order. They share the one budget of retries.</summary>
    public IReadOnlyList<string> FallbackModels { get; init; } = [];

    /// <summary>What it came from, for the completion's Input.</summary>
    public object? Input { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    public AttemptLimits Limits { get; init; } = AttemptLimits.Default;

    /// <summary>
    /// How many calls its command has under way at once. The command itself keeps to it; below it the connection's gate finds how many the service takes.
    /// </summary>
    public int ThrottleLimit { get; init; } = int.MaxValue;

    /// <summary>True where max_tokens stands in the request because a parameter said so: it may be renamed as the service asks. False for a request that is the caller's own.</summary>
    public bool MaxTokensIsOurs { get; init; }

    /// <summary>True where its command makes requests fit their model's context window.</summary>
    public bool FitsContext { get; init; }

    /// <summary>True where it asks again for an answer that did not match: its last turn means nothing without the one before.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>What the answer has to match; null where it may be anything.</summary>
    public AnswerSchema? Schema { get; init; }

    /// <summary>True to send again a stream that broke after its first content.</summary>
    public bool RestartStream { get; init; }

    /// <summary>Headers beside the module's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The models to ask, in order, each once.</summary>
    public IReadOnlyList<string?> Models => FallbackModels.Count == 0 ? [Model] : [.. new[] { Model }.Concat(FallbackModels).Distinct(StringComparer.Ordinal)];
}
