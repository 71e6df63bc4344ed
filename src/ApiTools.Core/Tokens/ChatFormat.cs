namespace ApiTools.Tokens;

/// <summary>
/// What a conversation costs beside its texts, in tokens: the numbers of num_tokens_from_messages in OpenAI's notebook "How to count tokens with
/// tiktoken" (openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb, section 6), which agree with the API's own count. OpenAI says of them
/// that they may change from model to model: of the models that the notebook does not name they are a guess, and are said to be one.
/// </summary>
/// <param name="PerMessage">Each message.</param>
/// <param name="PerName">Each name of a message, beside its text.</param>
/// <param name="Tools">What definitions of functions cost.</param>
/// <param name="IsDocumented">Whether the notebook gives the numbers of messages for this model.</param>
/// <param name="ToolsAreDocumented">Whether it gives those of functions.</param>
internal sealed record ChatFormat(int PerMessage, int PerName, ToolFormat Tools, bool IsDocumented, bool ToolsAreDocumented)
{
    /// <summary>The start of the answer, which each request ends with.</summary>
    public const int Reply = 3;

    private static readonly ChatFormat Gpt4 = new(3, 1, ToolFormat.Gpt4, IsDocumented: true, ToolsAreDocumented: true);
    private static readonly ChatFormat Gpt4o = new(3, 1, ToolFormat.Gpt4o, IsDocumented: true, ToolsAreDocumented: true);

    // The notebook has "gpt-4" stand for every model with that in its name; of functions it names gpt-4 itself.
    private static readonly ChatFormat Gpt4Turbo = Gpt4 with { ToolsAreDocumented = false };
    private static readonly ChatFormat Chatgpt4o = Gpt4o with { ToolsAreDocumented = false };

    // In earlier versions of the notebook, where a name stands for the role.
    private static readonly ChatFormat Gpt35Of0301 = new(4, -1, ToolFormat.Gpt4, IsDocumented: true, ToolsAreDocumented: false);
    private static readonly ChatFormat Newer = new(3, 1, ToolFormat.Gpt4o, IsDocumented: false, ToolsAreDocumented: false);

    /// <summary>The numbers of a model; those of gpt-4o, as a guess, for one that the notebook does not name.</summary>
    public static ChatFormat Of(string? model)
    {
        string name = model is null ? string.Empty : ModelCatalog.WithoutDate(ModelCatalog.Base(model));
        return name switch
        {
            "gpt-4o" or "gpt-4o-mini" => Gpt4o,
            "gpt-3.5-turbo-0301" => Gpt35Of0301,
            "gpt-4" or "gpt-4-0314" or "gpt-4-0613" or "gpt-4-32k" or "gpt-4-32k-0314" or "gpt-4-32k-0613" => Gpt4,
            _ when IsOf(name, "gpt-3.5-turbo") || IsOf(name, "gpt-35-turbo") => Gpt4,
            _ when IsOf(name, "gpt-4") => Gpt4Turbo,
            _ when IsOf(name, "chatgpt-4o") => Chatgpt4o,
            _ => Newer,
        };
    }

    private static bool IsOf(string name, string family) =>
        name.StartsWith(family, StringComparison.Ordinal) && (name.Length == family.Length || name[family.Length] == '-');
}
