using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>What the simulator reads of a request's messages.</summary>
internal sealed record ConversationView
{
    /// <summary>The text of the last user message, or of the last message of all; null where there is none.</summary>
    public string? Prompt { get; init; }

    /// <summary>True where nobody has said anything since the last user message, or tools alone have answered.</summary>
    public bool IsModelsTurn { get; init; }

    /// <summary>How many messages with tool calls the model has sent since the last user message.</summary>
    public int Rounds { get; init; }

    /// <summary>What the tools said, where they spoke last: the content of each message of role tool.</summary>
    public IReadOnlyList<string> ToolResults { get; init; } = [];

    /// <summary>How many images the messages show.</summary>
    public int Images { get; init; }

    /// <summary>The schema that a message tells in words; null where none does.</summary>
    public JsonElement? ToldSchema { get; init; }

    /// <summary>Reads an array of messages, whatever it is.</summary>
    public static ConversationView Read(JsonElement messages)
    {
        string? last = null;
        string? lastOfUser = null;
        string? lastRole = null;
        JsonElement? schema = null;
        List<string> results = [];
        (int rounds, int images) = (0, 0);
        foreach (JsonElement message in JsonRead.Items(messages))
        {
            JsonElement content = JsonRead.Property(message, "content");
            last = JsonRead.ContentText(content);
            lastRole = JsonRead.Text(JsonRead.Property(message, "role"));
            images += JsonRead.Items(content).Count(part => JsonRead.Property(part, "image_url").ValueKind == JsonValueKind.Object);
            if (lastRole == "tool")
            {
                results.Add(last ?? string.Empty);
                continue;
            }
            results.Clear();
            schema = lastRole == "assistant" ? schema : ToldSchemaReader.Find(last) ?? schema;
            if (lastRole == "user")
            {
                (lastOfUser, rounds) = (last, 0);
            }
            else if (JsonRead.Items(JsonRead.Property(message, "tool_calls")).Any())
            {
                rounds++;
            }
        }
        return new()
        {
            Prompt = lastOfUser ?? last,
            IsModelsTurn = lastOfUser is not null && lastRole is "user" or "tool",
            Rounds = rounds,
            ToolResults = results,
            Images = images,
            ToldSchema = schema,
        };
    }
}
