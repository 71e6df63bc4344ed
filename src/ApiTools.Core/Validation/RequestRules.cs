using static ApiTools.Validation.RuleKinds;

namespace ApiTools.Validation;

/// <summary>
/// Everything that is documented of a chat request, as one table: Test-ApiRequest, Invoke-ApiChat's check and completion, the simulator's answers
/// and the table in about_ApiTools_Requests are all made of it. The page (Errors and Debugging, tips 1 and 2) names model, messages, temperature
/// and the roles; the rest is OpenAI's reference of POST /v1/chat/completions (its OpenAPI description, CreateChatCompletionRequest, of August
/// 2026), which the page's services speak. Where another service differs in fact, see <see cref="OtherServices"/>.
/// </summary>
internal static class RequestRules
{
    /// <summary>The page's three roles, and the two that today's services need.</summary>
    public static IReadOnlyList<string> Roles => MessageRules.Roles;

    /// <summary>The request as a whole.</summary>
    public static RequestRule Request { get; } = new("request", JsonKinds.Object)
    {
        Required = true,
        Nullable = false,
        Source = PageRequest,
        Members =
        [
            TextRule("model", required: true) with { MinimumLength = 1, Source = PageRequest },
            new("messages", JsonKinds.Array) { Required = true, Nullable = false, MinimumItems = 1, Item = MessageRules.Message, Source = PageRequest },

            Number("temperature", 0, 2) with { Default = "1", Reasoning = ReasoningUse.DefaultOnly, Source = Page },
            Number("top_p", 0, 1) with { Default = "1", Reasoning = ReasoningUse.DefaultOnly },
            Number("presence_penalty", -2, 2) with { Default = "0", Reasoning = ReasoningUse.DefaultOnly },
            Number("frequency_penalty", -2, 2) with { Default = "0", Reasoning = ReasoningUse.DefaultOnly },
            WholeNumber("n", 1, 128) with { Default = "1" },
            WholeNumber("max_tokens", 1, null) with { Reasoning = ReasoningUse.Refused, Successor = "max_completion_tokens" },
            WholeNumber("max_completion_tokens", 1, null),
            new("stop", JsonKinds.String | JsonKinds.Array)
            {
                MinimumItems = 1, MaximumItems = 4, Item = TextRule("stop"), RefusedBy = ["o3", "o4-mini"], Source = Reference("stop"),
            },
            WholeNumber("seed", null, null),
            Boolean("logprobs") with { Default = "false", Reasoning = ReasoningUse.DefaultOnly },
            WholeNumber("top_logprobs", 0, 20) with { Reasoning = ReasoningUse.RefusedWhileReasoning },
            new("logit_bias", JsonKinds.Object)
            {
                Reasoning = ReasoningUse.DefaultOnly,
                EntryName = TextRule("logit_bias") with { Pattern = TextPattern.Digits },
                Entry = new("logit_bias", JsonKinds.Number) { Nullable = false, Minimum = -100, Maximum = 100, Source = Reference("logit_bias") },
                Source = Reference("logit_bias"),
            },

            Boolean("stream") with { Default = "false" },
            Object(
                "stream_options",
                Boolean("include_usage") with { Source = Reference("stream_options") },
                Boolean("include_obfuscation") with { Source = Reference("stream_options") }) with
            {
                Nullable = true,
            },
            AnswerRules.ResponseFormat,
            new("modalities", JsonKinds.Array)
            {
                Item = TextRule("modalities") with { Values = ["text", "audio"], ValuesGrow = true }, Default = "[\"text\"]", Source = Reference("modalities"),
            },
            AnswerRules.Audio,
            AnswerRules.Prediction,
            Growing("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh", "max") with { IsForReasoning = true },
            Growing("verbosity", "low", "medium", "high") with { Default = "\"medium\"" },

            ToolRules.Tools,
            ToolRules.Choice,
            Boolean("parallel_tool_calls") with { Nullable = false, Default = "true" },
            ToolRules.Functions,
            ToolRules.FunctionCall,
            AnswerRules.WebSearchOptions,

            TextRule("user") with { Successor = "safety_identifier and prompt_cache_key", IsStillTaken = true },
            TextRule("safety_identifier") with { Nullable = true, MaximumLength = 64 },
            TextRule("prompt_cache_key") with { Nullable = true },
            Growing("prompt_cache_retention", "in_memory", "in-memory", "24h"),
            Any("prompt_cache_options"),
            Growing("service_tier", "auto", "default", "flex", "scale", "priority", "fast") with { Default = "\"auto\"" },
            Any("moderation") with { Nullable = true },
            Boolean("store") with { Default = "false" },
            new("metadata", JsonKinds.Object)
            {
                MaximumItems = 16,
                EntryName = TextRule("metadata") with { MaximumLength = 64 },
                Entry = TextRule("metadata") with { MaximumLength = 512 },
                Source = Reference("metadata"),
            },
        ],
        Relations =
        [
            // First: the others ask which model it is.
            new("the model is offered", "the page, model_not_supported", ModelRelations.IsOffered, "model"),
            new("the model takes the parameters", "https://platform.openai.com/docs/guides/reasoning", ModelRelations.TakesParameters),
            new("top_logprobs needs logprobs", Reference("top_logprobs"), RequestRelations.LogprobsAreOn, "top_logprobs"),
            new("stream_options needs stream", Reference("stream_options"), RequestRelations.StreamIsOn, "stream_options"),
            new("max_tokens or max_completion_tokens", "OpenAI's answer, langchain-ai/langgraph#5943", RequestRelations.OneLimit, "max_completion_tokens"),
            new("modalities with audio need audio", Reference("audio"), RequestRelations.AudioIsThere, "modalities"),
            new("json_object needs the word JSON", Reference("response_format"), RequestRelations.JsonIsAskedFor, "response_format"),
            new("tool_choice needs tools", "OpenAI's answer, writer/writer-framework PR 1013", ToolRelations.ChoiceNeedsTools, "tool_choice"),
            new("parallel_tool_calls needs tools", "OpenAI's answer, openai/swarm#30", ToolRelations.ParallelNeedsTools, "parallel_tool_calls"),
            new("function_call needs functions", Reference("function_call"), ToolRelations.FunctionCallNeedsFunctions, "function_call"),
            new("tools or functions", Reference("functions"), ToolRelations.ToolsOrFunctions, "functions"),
            new("tool_choice names a tool", Reference("tool_choice"), ToolRelations.ChosenIsThere, "tool_choice"),
            new("the names of tools differ", "Anthropic's answer, anthropics/claude-code#10687", ToolRelations.NamesDiffer, "tools"),
            new("all calls are answered", "OpenAI's answer, sdcb/chats PR 132", (RequestCheck check, in RequestMembers _) => check.ToolOrder.End(check)),
            new("messages and answer fit the window", "the page, tip 3 and context_length_exceeded", LengthRelations.FitsWindow, "messages"),
        ],
    };

    /// <summary>The parameters that not every model takes, or that have a successor: a bit each, the lowest is the first parameter's.</summary>
    public static ulong BoundToModel { get; } = Bits(rule =>
        rule is { Reasoning: not ReasoningUse.Taken } or { RefusedBy: not null } or { IsForReasoning: true } or { Successor: not null, IsStillTaken: false });

    /// <summary>Those of them that are so for a model that never reasons.</summary>
    public static ulong BoundToOtherModel { get; } = Bits(rule =>
        rule is { RefusedBy: not null } or { IsForReasoning: true } or { Successor: not null, IsStillTaken: false, Reasoning: ReasoningUse.Taken });

    private static ulong Bits(Func<RequestRule, bool> isIn)
    {
        ulong bits = 0;
        for (int i = 0; i < Request.Members!.Length; i++)
        {
            bits |= isIn(Request.Members[i]) ? 1UL << i : 0;
        }
        return bits;
    }
}
