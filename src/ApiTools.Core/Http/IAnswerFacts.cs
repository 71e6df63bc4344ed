namespace ApiTools.Http;

/// <summary>What an answer says of itself, for who records requests.</summary>
internal interface IAnswerFacts
{
    /// <summary>The service's name for the answer.</summary>
    string? Id { get; }

    /// <summary>The service's name for the request.</summary>
    string? RequestId { get; }

    /// <summary>The model that answered.</summary>
    string? Model { get; }

    /// <summary>Why each of its choices ended.</summary>
    IReadOnlyList<string> FinishReasons { get; }

    /// <summary>Tokens of the prompt; null where the service does not say.</summary>
    int? InputTokens { get; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    int? OutputTokens { get; }

    /// <summary>How many of the prompt's tokens came from a cache.</summary>
    int? CachedTokens { get; }

    /// <summary>How many of the answer's tokens were reasoning.</summary>
    int? ReasoningTokens { get; }

    /// <summary>The answer as JSON in the API's shape: what was read of it, a stream's chunks put together.</summary>
    string ToJson();
}
