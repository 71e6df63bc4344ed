using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>
/// What the simulator reads of a chat request. It takes what it can read and leaves out the rest: whether a request is right is
/// for the validator to say.
/// </summary>
internal sealed record ChatQuestion
{
    // As deep as the reader's own default; the validator refuses what is deeper.
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = 64 };

    public string? Model { get; init; }

    /// <summary>What the messages say.</summary>
    public ConversationView Messages { get; init; } = new();

    /// <summary>The text of the last user message, or of the last message of all; null where there is none.</summary>
    public string? Prompt => Messages.Prompt;

    public bool Stream { get; init; }

    /// <summary>True where the stream is to end with the usage (stream_options.include_usage).</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>How many choices are wanted.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>The most tokens of a choice; null for no bound.</summary>
    public long? MaximumTokens { get; init; }

    /// <summary>Texts before which the answer ends.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>The seed; requests that differ in it alone may get different answers.</summary>
    public long Seed { get; init; }

    /// <summary>True where response_format asks for JSON.</summary>
    public bool WantsJson { get; init; }

    /// <summary>The schema that the answer is to keep to: response_format's, or one that a message tells; null where there is none.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>The tools that may be called.</summary>
    public ToolOffer Tools { get; init; } = ToolOffer.None;

    /// <summary>Reads a body, whatever it is.</summary>
    public static ChatQuestion Read(ArraySegment<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.AsMemory(), ReadOptions);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : new();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a name that is half a surrogate pair, which .NET does not decode: the validator says which.
            return new();
        }
    }

    private static ChatQuestion Read(JsonElement root)
    {
        ConversationView messages = ConversationView.Read(JsonRead.Property(root, "messages"));
        JsonElement format = JsonRead.Property(root, "response_format");
        JsonElement schema = JsonRead.Property(JsonRead.Property(format, "json_schema"), "schema");
        return new()
        {
            Model = JsonRead.Text(JsonRead.Property(root, "model")),
            Messages = messages,
            Stream = JsonRead.Property(root, "stream").ValueKind == JsonValueKind.True,
            IncludeUsage = JsonRead.Property(JsonRead.Property(root, "stream_options"), "include_usage").ValueKind == JsonValueKind.True,
            Choices = (int)Math.Min(Math.Max(JsonRead.Whole(JsonRead.Property(root, "n")) ?? 1, 1), 128),
            MaximumTokens = JsonRead.Whole(JsonRead.Property(root, "max_completion_tokens")) ?? JsonRead.Whole(JsonRead.Property(root, "max_tokens")),
            Stop = JsonRead.Texts(JsonRead.Property(root, "stop")),
            Seed = JsonRead.Whole(JsonRead.Property(root, "seed")) ?? 0,
            WantsJson = JsonRead.Text(JsonRead.Property(format, "type")) is "json_object" or "json_schema",
            Schema = schema.ValueKind == JsonValueKind.Object ? schema.Clone() : messages.ToldSchema,
            Tools = ToolOffer.Read(root),
        };
    }
}
