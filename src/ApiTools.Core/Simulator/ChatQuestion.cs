using System.Text;
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

    /// <summary>The text of the last user message, or of the last message of all; null where there is none.</summary>
    public string? Prompt { get; init; }

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

    /// <summary>Reads a body, whatever it is.</summary>
    public static ChatQuestion Read(ArraySegment<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.AsMemory(), ReadOptions);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    private static ChatQuestion Read(JsonElement root) => new()
    {
        Model = Text(Property(root, "model")),
        Prompt = LastPrompt(Property(root, "messages")),
        Stream = Property(root, "stream").ValueKind == JsonValueKind.True,
        IncludeUsage = Property(Property(root, "stream_options"), "include_usage").ValueKind == JsonValueKind.True,
        Choices = (int)Math.Min(Math.Max(Whole(Property(root, "n")) ?? 1, 1), 128),
        MaximumTokens = Whole(Property(root, "max_completion_tokens")) ?? Whole(Property(root, "max_tokens")),
        Stop = Texts(Property(root, "stop")),
        Seed = Whole(Property(root, "seed")) ?? 0,
        WantsJson = Text(Property(Property(root, "response_format"), "type")) is "json_object" or "json_schema",
    };

    private static string? LastPrompt(JsonElement messages)
    {
        if (messages.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        string? last = null;
        string? lastOfUser = null;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            last = ContentText(Property(message, "content"));
            if (Text(Property(message, "role")) == "user")
            {
                lastOfUser = last;
            }
        }
        return lastOfUser ?? last;
    }

    // A string, or parts of which those of type text count.
    private static string? ContentText(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return Text(content);
        }
        StringBuilder text = new();
        foreach (JsonElement part in content.EnumerateArray())
        {
            text.Append(Text(Property(part, "text")));
        }
        return text.ToString();
    }

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static IReadOnlyList<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(Text).Where(text => !string.IsNullOrEmpty(text)).Select(text => text!)]
            : Text(element) is { Length: > 0 } one ? [one] : [];

    private static long? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) ? value : null;

    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair as an escape, which JSON allows and .NET does not decode: the text as it was written.
            string raw = element.GetRawText();
            return raw.Substring(1, raw.Length - 2);
        }
    }
}
