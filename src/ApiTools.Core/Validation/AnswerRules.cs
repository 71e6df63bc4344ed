using static ApiTools.Validation.RuleKinds;

namespace ApiTools.Validation;

/// <summary>The table's rows for what an answer is to be like: its format, its sound, what it is expected to be, where it may look.</summary>
internal static class AnswerRules
{
    private static readonly RequestRule JsonSchema = Object(
        "json_schema",
        Name("name") with { Source = Reference("response_format") },
        TextRule("description") with { Source = Reference("response_format") },
        Any("schema") with { Source = Reference("response_format") },
        new("strict", JsonKinds.Boolean) { Default = "false", Source = Reference("response_format") }) with
    {
        Nullable = true,
        Source = Reference("response_format"),
        Relations = [new("a response's schema is an object's", StructuredGuide, SchemaRelations.SchemaIsAnObject, "schema")],
    };

    private static readonly RequestRule Location = Object(
        "user_location",
        TextRule("type", required: true) with { Values = ["approximate"], Source = Reference("web_search_options") },
        Any("approximate") with { Required = true, Source = Reference("web_search_options") }) with
    {
        Nullable = true,
        Source = Reference("web_search_options"),
    };

    /// <summary>response_format.</summary>
    public static RequestRule ResponseFormat { get; } = Object(
        "response_format",
        TextRule("type", required: true) with { Values = ["text", "json_object", "json_schema"], ValuesGrow = true, Source = Reference("response_format") },
        JsonSchema) with
    {
        Relations = [new("response_format holds its type", Reference("response_format"), MessageRelations.HoldsItsType, "type")],
    };

    /// <summary>audio: the sound of the answer.</summary>
    public static RequestRule Audio { get; } = Object(
        "audio",
        new RequestRule("voice", JsonKinds.String | JsonKinds.Object) { Required = true, Nullable = false, Source = Reference("audio") },
        TextRule("format", required: true) with { Values = ["wav", "aac", "mp3", "flac", "opus", "pcm16"], ValuesGrow = true, Source = Reference("audio") }) with
    {
        Nullable = true,
    };

    /// <summary>prediction.</summary>
    public static RequestRule Prediction { get; } = Object(
        "prediction",
        TextRule("type", required: true) with { Values = ["content"], Source = Reference("prediction") },
        new RequestRule("content", JsonKinds.String | JsonKinds.Array) { Required = true, Nullable = false, MinimumItems = 1, Source = Reference("prediction") }) with
    {
        Nullable = true,
    };

    /// <summary>web_search_options.</summary>
    public static RequestRule WebSearchOptions { get; } = Object(
        "web_search_options",
        Location,
        TextRule("search_context_size") with { Values = ["low", "medium", "high"], Default = "\"medium\"", Source = Reference("web_search_options") });
}
