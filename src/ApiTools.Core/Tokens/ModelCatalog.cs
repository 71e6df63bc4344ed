namespace ApiTools.Tokens;

/// <summary>
/// The models whose limits are known without asking a service. Only numbers that stand on the model's own page of OpenAI's documentation,
/// each named as its source; encodings as in OpenAI's tiktoken (tiktoken/model.py).
/// </summary>
internal static class ModelCatalog
{
    private const string Cl100k = ModelEncodings.Cl100k;
    private const string O200k = ModelEncodings.O200k;

    // The models' pages say of each whether it takes images.
    private static readonly string[] Sighted =
    [
        "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5-chat-latest", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano",
        "gpt-4o", "gpt-4o-mini", "gpt-4o-2024-05-13", "chatgpt-4o-latest", "o4-mini", "o3", "o1", "gpt-4-turbo",
    ];

    private static readonly string[] Blind =
    [
        "o3-mini", "o1-mini", "o1-preview", "gpt-4-turbo-preview", "gpt-4-1106-preview", "gpt-4-0125-preview", "gpt-4", "gpt-4-0314", "gpt-4-0613", "gpt-3.5-turbo",
        "gpt-3.5-turbo-0125", "gpt-3.5-turbo-1106",
    ];

    /// <summary>Every known model, the newest families first.</summary>
    public static IReadOnlyList<KnownModel> All { get; } =
    [
        Model("gpt-5.4", O200k, 1_050_000, 128_000),
        Model("gpt-5.4-mini", O200k, 400_000, 128_000),
        Model("gpt-5.4-nano", O200k, 400_000, 128_000),
        Model("gpt-5.2", O200k, 400_000, 128_000),
        Model("gpt-5.1", O200k, 400_000, 128_000),
        Model("gpt-5", O200k, 400_000, 128_000),
        Model("gpt-5-mini", O200k, 400_000, 128_000),
        Model("gpt-5-nano", O200k, 400_000, 128_000),
        Model("gpt-5-chat-latest", O200k, 128_000, 16_384),

        Model("gpt-4.1", O200k, 1_047_576, 32_768),
        Model("gpt-4.1-mini", O200k, 1_047_576, 32_768),
        Model("gpt-4.1-nano", O200k, 1_047_576, 32_768),

        Model("gpt-4o", O200k, 128_000, 16_384),
        Model("gpt-4o-mini", O200k, 128_000, 16_384),
        Model("gpt-4o-2024-05-13", O200k, 128_000, 4_096, page: "gpt-4o"),
        Model("chatgpt-4o-latest", O200k, 128_000, 16_384),

        Model("o4-mini", O200k, 200_000, 100_000),
        Model("o3", O200k, 200_000, 100_000),
        Model("o3-mini", O200k, 200_000, 100_000),
        Model("o1", O200k, 200_000, 100_000),
        Model("o1-mini", O200k, 128_000, 65_536),
        Model("o1-preview", O200k, 128_000, 32_768),

        Model("gpt-4-turbo", Cl100k, 128_000, 4_096),
        Model("gpt-4-turbo-preview", Cl100k, 128_000, 4_096),
        Model("gpt-4-1106-preview", Cl100k, 128_000, 4_096, page: "gpt-4-turbo-preview"),
        Model("gpt-4-0125-preview", Cl100k, 128_000, 4_096, page: "gpt-4-turbo-preview"),
        Model("gpt-4", Cl100k, 8_192, 8_192),
        Model("gpt-4-0314", Cl100k, 8_192, 8_192, page: "gpt-4"),
        Model("gpt-4-0613", Cl100k, 8_192, 8_192, page: "gpt-4"),

        Model("gpt-3.5-turbo", Cl100k, 16_385, 4_096),
        Model("gpt-3.5-turbo-0125", Cl100k, 16_385, 4_096, page: "gpt-3.5-turbo"),
        Model("gpt-3.5-turbo-1106", Cl100k, 16_385, 4_096, page: "gpt-3.5-turbo"),
    ];

    private static readonly Dictionary<string, KnownModel> ByName = All.ToDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>
    /// What is known of a model; null where nothing is. A dated name (<c>gpt-4o-2024-08-06</c>) is its model unless it stands in the list
    /// itself, a fine-tuned one (<c>ft:gpt-4o-mini-2024-07-18:org::id</c>) is its base, and <c>openai/gpt-4o</c> is what gateways call gpt-4o.
    /// </summary>
    public static KnownModel? Find(string? model)
    {
        if (model is null)
        {
            return null;
        }
        string name = Base(model);
        return ByName.TryGetValue(name, out KnownModel? known) || ByName.TryGetValue(WithoutDate(name), out known) ? known : null;
    }

    /// <summary>
    /// Whether a model reasons, by its name alone, so that tomorrow's are told too: o1 to o9, and the gpt-5 family but for gpt-5-chat. From gpt-5.1
    /// on it reasons where it is asked to (OpenAI's guide to the latest model; vercel/ai PR 10940), but for the pro and codex models.
    /// <c>openai/gpt-5</c> is a gateway's, which has rules of its own: nothing is said of it.
    /// </summary>
    public static ModelReasoning Reasoning(string model)
    {
        string name = WithoutTuning(model);
        bool isO = name.Length > 1 && name[0] == 'o' && name[1] is >= '1' and <= '9' && (name.Length == 2 || name[2] == '-');
        if (isO)
        {
            return ModelReasoning.Always;
        }
        bool isFive = name.StartsWith("gpt-5", StringComparison.Ordinal) && (name.Length == 5 || name[5] is '-' or '.') && !IsChat(name);
        if (!isFive)
        {
            return ModelReasoning.None;
        }
        bool mayRest = name.Length > 5 && name[5] == '.' && !Has(name, "-pro") && !Has(name, "-codex");
        return mayRest ? ModelReasoning.WhenAsked : ModelReasoning.Always;
    }

    private static bool IsChat(string name) => Has(name, "-chat");

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.Ordinal) >= 0;

    /// <summary>The model that a fine-tuned one comes from, and the one that a gateway means; any other name as it is.</summary>
    public static string Base(string model)
    {
        const string Gateway = "openai/";
        string name = WithoutTuning(model);
        return name.StartsWith(Gateway, StringComparison.Ordinal) ? name.Substring(Gateway.Length) : name;
    }

    // A fine-tuned model (ft:gpt-4o-mini-2024-07-18:org::id) has the parameters of its base.
    private static string WithoutTuning(string model) => model.StartsWith("ft:", StringComparison.Ordinal) ? model.Split(':')[1] : model;

    /// <summary>A name without the date at its end: gpt-4o-2024-08-06 is gpt-4o. Only a whole date is cut: what else follows a name makes it another model.</summary>
    public static string WithoutDate(string name)
    {
        const int Length = 11;
        if (name.Length <= Length)
        {
            return name;
        }
        ReadOnlySpan<char> end = name.AsSpan(name.Length - Length);
        for (int i = 0; i < Length; i++)
        {
            bool fits = i is 0 or 5 or 8 ? end[i] == '-' : end[i] is >= '0' and <= '9';
            if (!fits)
            {
                return name;
            }
        }
        return name.Substring(0, name.Length - Length);
    }

    private static KnownModel Model(string name, string encoding, int contextWindow, int maxOutputTokens, string? page = null) =>
        new(name, encoding, contextWindow, maxOutputTokens, "https://platform.openai.com/docs/models/" + (page ?? name))
        {
            SeesImages = Array.IndexOf(Sighted, name) >= 0 ? true : Array.IndexOf(Blind, name) >= 0 ? false : null,
        };
}
