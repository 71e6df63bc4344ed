namespace ApiTools;

/// <summary>What a completion cost, in tokens, as the service counted.</summary>
public sealed class ChatUsage
{
    internal ChatUsage(int promptTokens, int completionTokens, int totalTokens, int? cachedTokens, int? reasoningTokens)
    {
        PromptTokens = promptTokens;
        CompletionTokens = completionTokens;
        TotalTokens = totalTokens;
        CachedTokens = cachedTokens;
        ReasoningTokens = reasoningTokens;
    }

    /// <summary>Tokens of what was sent.</summary>
    public int PromptTokens { get; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public int CompletionTokens { get; }

    /// <summary>Both together.</summary>
    public int TotalTokens { get; }

    /// <summary>How many of the prompt's tokens came from the service's cache; null where it does not say.</summary>
    public int? CachedTokens { get; }

    /// <summary>How many of the answer's tokens were reasoning that is not shown; null where it does not say.</summary>
    public int? ReasoningTokens { get; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{PromptTokens} + {CompletionTokens} = {TotalTokens}";
}
