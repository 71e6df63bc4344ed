using System.Text.Json;
using ApiTools.Tokens;
using ApiTools.Validation;

namespace ApiTools.Simulator;

/// <summary>The tools of a request that may be called, and how far they have to be (tool_choice).</summary>
internal sealed record ToolOffer
{
    /// <summary>No tools.</summary>
    public static ToolOffer None { get; } = new();

    /// <summary>The functions that may be called.</summary>
    public IReadOnlyList<OfferedTool> Tools { get; init; } = [];

    /// <summary>The functions that may be called are these alone, though more are described (tool_choice allowed_tools).</summary>
    public bool IsRestricted { get; init; }

    /// <summary>True where a tool has to be called (tool_choice required, or a function).</summary>
    public bool MustCall { get; init; }

    /// <summary>The function that has to be called; null where tool_choice names none.</summary>
    public string? Named { get; init; }

    /// <summary>True where an answer may have several calls.</summary>
    public bool IsParallel { get; init; } = true;

    /// <summary>The estimated tokens of all definitions.</summary>
    public long Tokens { get; init; }

    /// <summary>Reads a request.</summary>
    public static ToolOffer Read(JsonElement root)
    {
        JsonElement definitions = JsonRead.Property(root, "tools");
        if (definitions.ValueKind != JsonValueKind.Array)
        {
            return None;
        }
        JsonElement choice = JsonRead.Property(root, "tool_choice");
        JsonElement allowed = JsonRead.Property(choice, "allowed_tools");
        string? named = JsonRead.Text(JsonRead.Property(JsonRead.Property(choice, "function"), "name"));
        string? mode = JsonRead.Text(allowed.ValueKind == JsonValueKind.Object ? JsonRead.Property(allowed, "mode") : choice);
        List<OfferedTool> tools = [.. JsonRead.Items(definitions).Select(OfferedTool.Read).OfType<OfferedTool>()];
        HashSet<string>? only = named is not null ? [named] : NamesOf(allowed);
        return new()
        {
            Tools = mode == "none" ? [] : only is null ? tools : [.. tools.Where(tool => only.Contains(tool.Name))],
            IsRestricted = only is not null,
            MustCall = mode == "required" || named is not null,
            Named = named,
            IsParallel = JsonRead.Property(root, "parallel_tool_calls").ValueKind != JsonValueKind.False,
            Tokens = Count(definitions),
        };
    }

    private static HashSet<string>? NamesOf(JsonElement allowed) =>
        allowed.ValueKind == JsonValueKind.Object
            ? [.. JsonRead.Items(JsonRead.Property(allowed, "tools")).Select(OfferedTool.Read).OfType<OfferedTool>().Select(tool => tool.Name)]
            : null;

    // Names and strings, as the check of the window counts them.
    private static long Count(JsonElement definitions)
    {
        TokenTally tally = default;
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(definitions.GetRawText()));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                JsonTextCount.Add(reader.ValueSpan, ref tally);
            }
        }
        return tally.Tokens;
    }
}
