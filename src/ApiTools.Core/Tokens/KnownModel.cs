namespace ApiTools.Tokens;

/// <summary>What is known of a model without asking a service.</summary>
/// <param name="Name">The model's id.</param>
/// <param name="Encoding">The name of its encoding, as in OpenAI's tiktoken.</param>
/// <param name="ContextWindow">How many tokens a request and its answer may be together.</param>
/// <param name="MaxOutputTokens">How many tokens an answer may be, reasoning included.</param>
/// <param name="Source">Where the numbers stand.</param>
internal sealed record KnownModel(string Name, string Encoding, int ContextWindow, int MaxOutputTokens, string Source);
