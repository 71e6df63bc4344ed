namespace ApiTools.Simulator;

/// <summary>The tokens of a request and of its answer, by the page's estimate, which is this service's own count.</summary>
internal sealed record ChatUsage(long PromptTokens, long CompletionTokens);
