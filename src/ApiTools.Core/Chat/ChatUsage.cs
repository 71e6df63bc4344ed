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

    /// <summary>What several answers cost together; null where nothing is known of any.</summary>
    internal static ChatUsage? Sum(IEnumerable<ChatUsage?> usages) => usages.Aggregate((ChatUsage?)null, (sum, next) =>
        sum is null || next is null
            ? sum ?? next
            : new ChatUsage(
                Sum(sum.PromptTokens, next.PromptTokens),
                Sum(sum.CompletionTokens, next.CompletionTokens),
                Sum(sum.TotalTokens, next.TotalTokens),
                SumKnown(sum.CachedTokens, next.CachedTokens),
                SumKnown(sum.ReasoningTokens, next.ReasoningTokens)));

    private static int Sum(int one, int other) => (int)Math.Min((long)one + other, int.MaxValue);

    private static int? SumKnown(int? one, int? other) => one is null && other is null ? null : Sum(one ?? 0, other ?? 0);

    /// <summary>One line.</summary>
    public override string ToString() => $"{PromptTokens} + {CompletionTokens} = {TotalTokens}";
}
