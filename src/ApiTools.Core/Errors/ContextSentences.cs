using System.Text.RegularExpressions;

namespace ApiTools.Errors;

/// <summary>The sentences in which services say how large a request is and how large the context window, as data.</summary>
internal static class ContextSentences
{
    /// <summary>Each with the groups <c>max</c>, <c>all</c> (messages and completion), <c>messages</c> and <c>completion</c>, as far as it says them.</summary>
    public static IReadOnlyList<NumberSentence> All { get; } =
    [
        new("OpenAI, DeepSeek, vLLM", @"maximum context length is (?<max>[0-9]{1,9}) tokens\. However, you requested (?:about )?(?<all>[0-9]{1,9}) tokens(?: \((?<messages>[0-9]{1,9}) (?:in the messages|of text input)(?:, (?<completion>[0-9]{1,9}) in the (?:completion|output))?)?", "chatgpt-vscode#111, mckaywrigley/chatbot-ui#102"),
        new("vLLM", @"maximum context length is (?<max>[0-9]{1,9}) tokens\. However, your request has (?<messages>[0-9]{1,9}) input tokens(?: plus (?<completion>[0-9]{1,9}) 'max_tokens')?", "vllm-project/vllm PR 33425"),
        new("OpenAI", @"maximum context length is (?<max>[0-9]{1,9}) tokens\. However, your messages resulted in (?<messages>[0-9]{1,9}) tokens", "crewAIInc/crewAI-examples#121"),
        new("Azure", @"configured limit of (?<max>[0-9]{1,9}) tokens\. Your messages resulted in (?<messages>[0-9]{1,9}) tokens", "BerriAI/litellm#15968"),
        new("Anthropic", @"prompt is too long: (?<messages>[0-9]{1,9}) tokens > (?<max>[0-9]{1,9}) maximum", "anthropics/claude-code#12186"),
        new("Anthropic", @"exceed context limit: (?<messages>[0-9]{1,9}) \+ (?<completion>[0-9]{1,9}) > (?<max>[0-9]{1,9})", "BrokkAi/brokk-app#540"),
        new("Gemini", @"input token count \((?<messages>[0-9]{1,9})\) exceeds the maximum number of tokens allowed \((?<max>[0-9]{1,9})\)", "BerriAI/litellm#18282"),
        new("Gemini", @"input token count exceeds the maximum number of tokens allowed \((?<max>[0-9]{1,9})\)", "BerriAI/litellm#18282"),
        new("Cerebras", @"Current length is (?<all>[0-9]{1,9}) while limit is (?<max>[0-9]{1,9})", "cline/cline#5140"),
        new("TGI, Together", @"must be <= (?<max>[0-9]{1,9})\. Given: (?<messages>[0-9]{1,9}) `inputs` tokens and (?<completion>[0-9]{1,9}) `max_new_tokens`", "BerriAI/litellm#4934"),
        new("TGI", @"`inputs` must have less than (?<max>[0-9]{1,9}) tokens\. Given: (?<messages>[0-9]{1,9})", "huggingface/text-generation-inference#937"),
        new("llama.cpp", @"request \((?<messages>[0-9]{1,9}) tokens\) exceeds the available context size \((?<max>[0-9]{1,9}) tokens\)", null),
        new("llama-cpp-python", @"Requested tokens \((?<all>[0-9]{1,9})\) exceed context window of (?<max>[0-9]{1,9})", "fedora-copr/logdetective#100"),
        new("LM Studio", @"keep the first (?<messages>[0-9]{1,9}) tokens .{1,120} context length of only (?<max>[0-9]{1,9}) tokens", "lmstudio-ai/lmstudio-bug-tracker#546"),
        new("SGLang", @"input \((?<messages>[0-9]{1,9}) tokens\) is longer than the model's context length \((?<max>[0-9]{1,9}) tokens\)", "QwenLM/Qwen3#1321"),
        new("SGLang", @"Input length \((?<messages>[0-9]{1,9}) tokens\) exceeds the maximum allowed length \((?<max>[0-9]{1,9}) tokens\)", "sgl-project/sglang#4048"),
        new("Cohere", @"cannot exceed (?<max>[0-9]{1,9}) - received (?<all>[0-9]{1,9})", "cohere-ai/sandbox-topically#4"),
        new("ApiTools: Test-ApiRequest and the simulator", @"^The messages are (?:about )?(?<messages>[0-9]{1,3}(?:,[0-9]{3}){0,3}) tokens(?:(?:, | and )the tools (?:about )?[0-9]{1,3}(?:,[0-9]{3}){0,3})?(?: and max_(?:completion_)?tokens is (?<completion>[0-9]{1,3}(?:,[0-9]{3}){0,3}))?(?:, together (?<all>[0-9]{1,3}(?:,[0-9]{3}){0,3}))?: [0-9]{1,3}(?:,[0-9]{3}){0,3} more than the (?<max>[0-9]{1,3}(?:,[0-9]{3}){0,3}) of ", null),
        new("GitHub Models", @"Max size: (?<max>[0-9]{1,9}) tokens", "eslint/tsc-meetings PR 593"),
    ];

    /// <summary>The numbers in the sentence that a service writes; null where there are none.</summary>
    public static ContextLength? Read(string message)
    {
        foreach (NumberSentence sentence in All)
        {
            if (sentence.Find(message) is Match match)
            {
                return new ContextLength(Number(match, "max"), Number(match, "all"), Number(match, "messages"), Number(match, "completion"));
            }
        }
        return null;
    }

    private static int? Number(Match match, string group) => (int?)NumberSentence.Number(match, group);
}
