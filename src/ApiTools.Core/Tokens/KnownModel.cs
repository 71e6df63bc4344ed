namespace ApiTools.Tokens;

/// <summary>What is known of a model without asking a service.</summary>
/// <param name="Name">The model's id.</param>
/// <param name="Encoding">The name of its encoding, as in OpenAI's tiktoken.</param>
/// <param name="ContextWindow">How many tokens a request and its answer may be together.</param>
/// <param name="MaxOutputTokens">How many tokens an answer may be, reasoning included.</param>
/// <param name="Source">Where the numbers stand.</param>
internal sealed record KnownModel(string Name, string Encoding, int ContextWindow, int MaxOutputTokens, string Source)
{
    private static readonly string[] TextAlone = ["text"];
    private static readonly string[] TextAndImage = ["text", "image"];

    /// <summary>Whether it takes images beside text; null where its page does not say.</summary>
    public bool? SeesImages { get; init; }

    /// <summary>What it takes; empty where that is not known.</summary>
    public IReadOnlyList<string> InputModalities => SeesImages is bool sees ? sees ? TextAndImage : TextAlone : [];

    /// <summary>What it answers with: text, for all whose page says what they take.</summary>
    public IReadOnlyList<string> OutputModalities => SeesImages is null ? [] : TextAlone;
}
