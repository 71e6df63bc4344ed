namespace ApiTools.Tokens;

/// <summary>
/// Which encoding a model's text is counted with: the names and prefixes of tiktoken/model.py (openai/tiktoken 0.14.0, commit 4e71bbe), as far as they
/// mean one of the encodings that ship. A prefix stands for models that nobody has seen yet. A fine-tuned model has the encoding of its base: tiktoken's
/// own <c>ft:gpt-4</c> would take <c>ft:gpt-4.1-mini-2025-04-14:...</c> for a GPT-4.
/// </summary>
internal static class ModelEncodings
{
    /// <summary>The encoding of gpt-4, gpt-3.5-turbo and the embeddings.</summary>
    public const string Cl100k = "cl100k_base";

    /// <summary>The encoding of gpt-4o and all that came after it.</summary>
    public const string O200k = "o200k_base";

    /// <summary>The encoding of gpt-oss: o200k_base with the special tokens of its message format.</summary>
    public const string Harmony = "o200k_harmony";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["o1"] = O200k,
        ["o3"] = O200k,
        ["o4-mini"] = O200k,
        ["gpt-5"] = O200k,
        ["gpt-4.1"] = O200k,
        ["gpt-4o"] = O200k,
        ["gpt-4"] = Cl100k,
        ["gpt-3.5-turbo"] = Cl100k,
        ["gpt-3.5"] = Cl100k,
        ["gpt-35-turbo"] = Cl100k,
        ["davinci-002"] = Cl100k,
        ["babbage-002"] = Cl100k,
        ["text-embedding-ada-002"] = Cl100k,
        ["text-embedding-3-small"] = Cl100k,
        ["text-embedding-3-large"] = Cl100k,
    };

    private static readonly (string Prefix, string Encoding)[] Prefixes =
    [
        ("o1-", O200k),
        ("o3-", O200k),
        ("o4-mini-", O200k),
        ("gpt-5", O200k),
        ("gpt-4.5-", O200k),
        ("gpt-4.1-", O200k),
        ("chatgpt-4o-", O200k),
        ("gpt-4o-", O200k),
        ("gpt-4-", Cl100k),
        ("gpt-3.5-turbo-", Cl100k),
        ("gpt-35-turbo-", Cl100k),
        ("gpt-oss-", Harmony),
    ];

    /// <summary>The encodings that ship, the newest first, each with what uses it.</summary>
    public static IReadOnlyList<(string Name, string Use)> All { get; } =
    [
        (O200k, "gpt-4o, gpt-4.1, gpt-5, o1, o3, o4-mini"),
        (Harmony, "gpt-oss"),
        (Cl100k, "gpt-4, gpt-3.5-turbo, text-embedding-3-small and -large, text-embedding-ada-002"),
    ];

    /// <summary>Whether an encoding of that name ships.</summary>
    public static bool Exists(string name) => All.Any(encoding => encoding.Name == name);

    /// <summary>The name of a model's encoding; null where nobody says which it is. <c>openai/gpt-4o</c> is what gateways call gpt-4o.</summary>
    public static string? Find(string? model)
    {
        if (model is null)
        {
            return null;
        }
        string name = ModelCatalog.Base(model);
        if (Names.TryGetValue(name, out string? encoding))
        {
            return encoding;
        }
        foreach ((string prefix, string of) in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return of;
            }
        }
        return null;
    }
}
