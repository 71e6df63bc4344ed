namespace ApiTools.Sessions;

/// <summary>The sums of what the calls of a session cost, in tokens. What a service does not say counts for nothing.</summary>
internal readonly record struct SessionUsage(long Prompt, long Completion, long Total, long Cached, long Reasoning)
{
    /// <summary>The sums with one more call.</summary>
    public SessionUsage Plus(ChatUsage? usage) => usage is null
        ? this
        : new(
            Prompt + usage.PromptTokens,
            Completion + usage.CompletionTokens,
            Total + usage.TotalTokens,
            Cached + (usage.CachedTokens ?? 0),
            Reasoning + (usage.ReasoningTokens ?? 0));

    /// <summary>The sums as a completion's usage.</summary>
    public ChatUsage ToUsage() => new(Cut(Prompt), Cut(Completion), Cut(Total), Cut(Cached), Cut(Reasoning));

    private static int Cut(long tokens) => (int)Math.Min(Math.Max(0, tokens), int.MaxValue);
}
