using System.Text.Json;
using static ApiTools.Validation.RuleKinds;

namespace ApiTools.Validation;

/// <summary>The table's rows for a message, its parts and its tool calls (OpenAI's reference, messages; the roles are the page's).</summary>
internal static class MessageRules
{
    private static readonly string Source = Reference("messages");

    /// <summary>The page's three roles, and the two that today's services need.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["system", "user", "assistant", "tool", "developer"];

    private static readonly RequestRule Called = new("function", JsonKinds.Object)
    {
        Source = Source,
        Members =
        [
            // OpenAI's answer: mcp-use/mcp-use PR 94.
            Name("name") with { Source = Source, Counts = true },
            TextRule("arguments", required: true) with { Source = Source, Counts = true },
        ],
    };

    private static readonly RequestRule ToolCall = new("tool_calls", JsonKinds.Object)
    {
        Source = Source,
        Nullable = false,
        Members =
        [
            TextRule("id", required: true) with { Source = Source },
            TextRule("type", required: true) with { Values = ["function", "custom"], ValuesGrow = true, Source = Source },
            Called,
            Object("custom", TextRule("name", required: true) with { Source = Source, Counts = true }, TextRule("input", required: true) with { Source = Source, Counts = true }) with
            {
                Nullable = true,
                Source = Source,
            },
            new("index", JsonKinds.Integer) { Source = "what a stream gives: taken by services, though undocumented here" },
        ],
        Relations = [new("a tool call holds its type", Source, MessageRelations.HoldsItsType, "type")],
    };

    private static readonly RequestRule Image = Object(
        "image_url",
        TextRule("url", required: true) with { Source = Source },
        TextRule("detail") with { Values = ["auto", "low", "high"], ValuesGrow = true, Default = "\"auto\"", Source = Source }) with
    {
        Nullable = true,
        Source = Source,
        Relations = [new("an image is readable", ImageGuide, MediaRelations.ImageIsReadable, "url")],
    };

    private static readonly RequestRule Sound = Object(
        "input_audio",
        TextRule("data", required: true) with { Source = Source },
        TextRule("format", required: true) with { Values = ["wav", "mp3"], ValuesGrow = true, Source = Source }) with
    {
        Nullable = true,
        Source = Source,
        Relations = [new("sound is base64", Source, MediaRelations.AudioIsBase64, "data")],
    };

    private static readonly RequestRule File = Object(
        "file",
        TextRule("filename") with { Source = Source },
        TextRule("file_data") with { Source = Source },
        TextRule("file_id") with { Source = Source }) with
    {
        Nullable = true,
        Source = Source,
        Relations =
        [
            new("a file is there", Source, MessageRelations.FileIsThere),
            new("a file's data is base64", Source, MediaRelations.FileIsBase64, "file_data"),
        ],
    };

    private static readonly RequestRule Part = new("content", JsonKinds.Object)
    {
        Source = Source,
        Nullable = false,
        Members =
        [
            TextRule("type", required: true) with { Values = ["text", "image_url", "input_audio", "file", "refusal"], ValuesGrow = true, Source = Source },
            // Null is what a part has for the types that it is not of, in what some libraries write.
            TextRule("text") with { Nullable = true, Source = Source, Counts = true },
            TextRule("refusal") with { Nullable = true, Source = Source, Counts = true },
            Image,
            Sound,
            File,
            Any("prompt_cache_breakpoint") with { Source = Source },
        ],
        Relations = [new("a part holds its type", Source, MessageRelations.HoldsItsType, "type")],
    };

    /// <summary>One message.</summary>
    public static RequestRule Message { get; } = new("messages", JsonKinds.Object)
    {
        Nullable = false,
        Source = Source,
        Members =
        [
            TextRule("role", required: true) with { Values = Roles, Source = Page },
            new("content", JsonKinds.String | JsonKinds.Array) { MinimumItems = 1, Item = Part, Counts = true, Source = Source },
            Name("name", required: false) with { Source = "OpenAI's answer, jekalmin/extended_openai_conversation#251" },
            TextRule("refusal") with { Nullable = true, Source = Source, Counts = true },
            new("tool_calls", JsonKinds.Array) { MinimumItems = 1, Item = ToolCall, Source = Source },
            TextRule("tool_call_id") with { Nullable = true, Source = Source },
            Object("audio", TextRule("id", required: true) with { Source = Source }) with { Nullable = true, Source = Source },
            Called with { Name = "function_call" },
        ],
        Relations =
        [
            new("a message has content", Source, MessageRelations.HasContent) { Unless = "content" },
            new("a user says something", "Anthropic's answer: text content blocks must be non-empty", MessageRelations.SaysSomething, "content") { Is = "" },
            new("a tool names its call", Source, MessageRelations.ToolNamesCall, "role") { Is = "tool", Unless = "tool_call_id" },
            new("parts suit the role", Source, MessageRelations.PartsSuitRole, "content") { Type = JsonTokenType.StartArray },
            new("tools answer their calls", "OpenAI's answers, sdcb/chats PR 132 and agno-agi/agno#5116", MessageRelations.ToolsAnswer),
        ],
    };

    /// <summary>Whether a string is the type of a part.</summary>
    public static bool IsPartType(JsonSlice type) => Part.Members![0].HasValue(JsonSliceText.Plain(type));

    /// <summary>Whether a string is a role.</summary>
    public static bool IsRole(JsonSlice role) => Message.Members![0].HasValue(JsonSliceText.Plain(role));
}
