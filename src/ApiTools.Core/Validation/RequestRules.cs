namespace ApiTools.Validation;

/// <summary>
/// Everything that is documented of a chat request, as one table. The page (Errors and Debugging, tips 1 and 2) names model, messages,
/// temperature and the roles; the rest is OpenAI's reference of POST /v1/chat/completions (its OpenAPI description, CreateChatCompletionRequest),
/// which the page's services speak.
/// </summary>
internal static class RequestRules
{
    /// <summary>The page's three roles, and the two that today's services need.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["system", "user", "assistant", "tool", "developer"];

    private static readonly RequestRule FunctionCall = new("function", JsonKinds.Object)
    {
        Nullable = false,
        Members = [Text("name", required: true), Text("arguments", required: true)],
    };

    private static readonly RequestRule ToolCall = new("tool_calls", JsonKinds.Object)
    {
        Members =
        [
            Text("id", required: true),
            Text("type", required: true) with { Values = ["function", "custom"], ValuesGrow = true },
            FunctionCall,
            Any("custom"),
            new("index", JsonKinds.Integer),
        ],
    };

    private static readonly RequestRule ContentPart = new("content", JsonKinds.Object)
    {
        Members =
        [
            Text("type", required: true) with { Values = ["text", "image_url", "input_audio", "file", "refusal"], ValuesGrow = true },
            Text("text"),
            Text("refusal"),
            Any("image_url"),
            Any("input_audio"),
            Any("file"),
        ],
        Relations = [RequestRelations.PartHoldsItsType],
    };

    private static readonly RequestRule Message = new("messages", JsonKinds.Object)
    {
        Nullable = false,
        Members =
        [
            Text("role", required: true) with { Values = Roles },
            new("content", JsonKinds.String | JsonKinds.Array) { MinimumItems = 1, Item = ContentPart },
            Text("name"),
            Text("refusal") with { Nullable = true },
            new("tool_calls", JsonKinds.Array) { MinimumItems = 1, Item = ToolCall },
            Text("tool_call_id"),
            Any("audio") with { Nullable = true },
            FunctionCall with { Name = "function_call", Nullable = true },
        ],
        Relations = [RequestRelations.MessageHasContent, RequestRelations.ToolAnswersCall],
    };

    private static readonly RequestRule Function = new("function", JsonKinds.Object)
    {
        Nullable = false,
        Members =
        [
            Text("name", required: true) with { MinimumLength = 1, MaximumLength = 64 },
            Text("description"),
            Any("parameters"),
            new("strict", JsonKinds.Boolean),
        ],
    };

    private static readonly RequestRule Tool = new("tools", JsonKinds.Object)
    {
        Members =
        [
            Text("type", required: true) with { Values = ["function", "custom"], ValuesGrow = true },
            Function,
            Any("custom"),
        ],
        Relations = [RequestRelations.PartHoldsItsType],
    };

    /// <summary>The request as a whole.</summary>
    public static RequestRule Request { get; } = new("request", JsonKinds.Object)
    {
        Nullable = false,
        Members =
        [
            Text("model", required: true) with { MinimumLength = 1 },
            new("messages", JsonKinds.Array) { Required = true, Nullable = false, MinimumItems = 1, Item = Message },

            Number("temperature", 0, 2),
            Number("top_p", 0, 1),
            Number("presence_penalty", -2, 2),
            Number("frequency_penalty", -2, 2),
            WholeNumber("n", 1, 128),
            WholeNumber("max_tokens", 1, null),
            WholeNumber("max_completion_tokens", 1, null),
            new("stop", JsonKinds.String | JsonKinds.Array) { MinimumItems = 1, MaximumItems = 4, Item = Text("stop") },
            WholeNumber("seed", null, null),
            new("logprobs", JsonKinds.Boolean),
            WholeNumber("top_logprobs", 0, 20),
            new("logit_bias", JsonKinds.Object) { Entry = new("logit_bias", JsonKinds.Number) { Nullable = false, Minimum = -100, Maximum = 100 } },

            new("stream", JsonKinds.Boolean),
            new("stream_options", JsonKinds.Object)
            {
                Members = [new("include_usage", JsonKinds.Boolean), new("include_obfuscation", JsonKinds.Boolean)],
            },
            new("response_format", JsonKinds.Object)
            {
                Nullable = false,
                Members = [Text("type", required: true) with { Values = ["text", "json_object", "json_schema"], ValuesGrow = true }, Any("json_schema")],
                Relations = [RequestRelations.SchemaIsThere],
            },
            new("modalities", JsonKinds.Array) { Item = Text("modalities") with { Values = ["text", "audio"], ValuesGrow = true } },
            Any("audio") with { Nullable = true },
            Any("prediction") with { Nullable = true },
            Growing("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh"),
            Growing("verbosity", "low", "medium", "high"),

            new("tools", JsonKinds.Array) { Nullable = false, MaximumItems = 128, Item = Tool },
            new("tool_choice", JsonKinds.String | JsonKinds.Object) { Nullable = false, Values = ["none", "auto", "required"] },
            new("parallel_tool_calls", JsonKinds.Boolean) { Nullable = false },
            new("functions", JsonKinds.Array) { Nullable = false, MinimumItems = 1, MaximumItems = 128, Item = Function },
            new("function_call", JsonKinds.String | JsonKinds.Object) { Nullable = false, Values = ["none", "auto"] },
            Any("web_search_options"),

            Text("user"),
            Text("safety_identifier"),
            Text("prompt_cache_key"),
            Growing("prompt_cache_retention", "in_memory", "in-memory", "24h"),
            Growing("service_tier", "auto", "default", "flex", "scale", "priority"),
            new("store", JsonKinds.Boolean),
            new("metadata", JsonKinds.Object) { MaximumItems = 16, Entry = Text("metadata") with { MaximumLength = 512 } },
        ],
        Relations = [RequestRelations.LogprobsAreOn, RequestRelations.StreamIsOn, RequestRelations.ModelIsOffered, RequestRelations.FitsContextWindow],
    };

    private static RequestRule Number(string name, double minimum, double maximum) =>
        new(name, JsonKinds.Number) { Minimum = minimum, Maximum = maximum };

    private static RequestRule WholeNumber(string name, double? minimum, double? maximum) =>
        new(name, JsonKinds.Integer) { Minimum = minimum, Maximum = maximum };

    private static RequestRule Text(string name, bool required = false) =>
        new(name, JsonKinds.String) { Required = required, Nullable = false };

    // New values come with new models: an unknown one is a warning.
    private static RequestRule Growing(string name, params string[] values) => new(name, JsonKinds.String) { Values = values, ValuesGrow = true };

    // An object of which nothing is checked but that it is one.
    private static RequestRule Any(string name) => new(name, JsonKinds.Object) { Nullable = false };
}
