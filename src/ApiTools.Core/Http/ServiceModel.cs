using System.Text.Json;

namespace ApiTools.Http;

/// <summary>A model as <c>GET /models</c> lists it. What a service does not say is null or empty.</summary>
internal sealed record ServiceModel(string Id, string? OwnedBy, DateTimeOffset? Created)
{
    // 9999-12-31, the last second that DateTimeOffset holds.
    private const long LastSecond = 253_402_300_799;

    // What services beside OpenAI's call them: LM Studio, of a model that is loaded, which takes no more than that; OpenRouter and Together; Groq; vLLM;
    // Mistral and LM Studio; GitHub Copilot; Google; Anthropic and gateways, which say what goes in.
    private static readonly string[] WindowNames =
    [
        "loaded_context_length", "context_length", "context_window", "max_model_len", "max_context_length", "max_context_window_tokens", "inputTokenLimit", "max_input_tokens",
    ];

    // Groq and OpenRouter; GitHub Copilot and others; Google.
    private static readonly string[] OutputNames = ["max_completion_tokens", "max_output_tokens", "outputTokenLimit"];

    /// <summary>The context window in tokens, as the service says.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>The most tokens of an answer, as the service says.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What it takes: <c>text</c>, <c>image</c>.</summary>
    public IReadOnlyList<string> InputModalities { get; init; } = [];

    /// <summary>What it answers with.</summary>
    public IReadOnlyList<string> OutputModalities { get; init; } = [];

    /// <summary>Reads an entry of the list; null where it has no id.</summary>
    public static ServiceModel? From(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || IdOf(item) is not string id)
        {
            return null;
        }
        DateTimeOffset? created = item.TryGetProperty("created", out JsonElement seconds)
            && seconds.ValueKind == JsonValueKind.Number
            && seconds.TryGetInt64(out long value)
            && value is > 0 and <= LastSecond
                ? DateTimeOffset.FromUnixTimeSeconds(value)
                : null;
        JsonElement provider = Member(item, "top_provider");
        JsonElement architecture = Member(item, "architecture");
        // GitHub Copilot: capabilities.limits.
        JsonElement limits = Member(Member(item, "capabilities"), "limits");
        return new ServiceModel(id, Text(item, "owned_by"), created)
        {
            ContextWindow = Tokens(item, WindowNames) ?? Tokens(provider, WindowNames) ?? Tokens(limits, WindowNames),
            MaxOutputTokens = Tokens(provider, OutputNames) ?? Tokens(item, OutputNames) ?? Tokens(limits, OutputNames),
            InputModalities = Words(architecture, "input_modalities") is { Count: > 0 } words ? words : Words(item, "input_modalities"),
            OutputModalities = Words(architecture, "output_modalities") is { Count: > 0 } outputs ? outputs : Words(item, "output_modalities"),
        };
    }

    // Google's own list has names, with "models/" before what its chat endpoint takes too.
    private static string? IdOf(JsonElement item)
    {
        const string prefix = "models/";
        string? id = Text(item, "id") ?? Text(item, "name");
        return id is not null && id.StartsWith(prefix, StringComparison.Ordinal) && Text(item, "id") is null ? id.Substring(prefix.Length) : id;
    }

    private static JsonElement Member(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement member) ? member : default;

    private static string? Text(JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int? Tokens(JsonElement item, string[] names)
    {
        foreach (string name in item.ValueKind == JsonValueKind.Object ? names : [])
        {
            if (Member(item, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int tokens) && tokens > 0)
            {
                return tokens;
            }
        }
        return null;
    }

    private static IReadOnlyList<string> Words(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && Member(item, name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)]
            : [];
}
