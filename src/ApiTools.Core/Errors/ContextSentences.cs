namespace ApiTools.Errors;

/// <summary>The sentences in which services say how large a request is and how large the context window, as data.</summary>
internal static class ContextSentences
{
    /// <summary>
    /// Each with the places <c>max</c>, <c>all</c> (messages and completion), <c>messages</c> and <c>completion</c>, as far as it says them; one that says
    /// more before one that says less.
    /// </summary>
    public static NumberSentence[] All { get; } =
    [
        new("OpenAI, DeepSeek, vLLM", "maximum context length is {max} tokens. However, you requested {all} tokens ({messages} in the messages, {completion} in the completion)", "chatgpt-vscode#111, mckaywrigley/chatbot-ui#102"),
        new("OpenRouter", "maximum context length is {max} tokens. However, you requested about {all} tokens ({messages} of text input, {completion} in the output)", "OpenHands/OpenHands#9937, Aider-AI/aider#3721"),
        new("OpenRouter", "maximum context length is {max} tokens. However, you requested about {all} tokens ({messages} of text input)", "topoteretes/cognee#1061"),
        new("OpenAI", "maximum context length is {max} tokens. However, you requested {all} tokens", "THUDM/LongBench#104"),
        new("OpenAI, 2023", "maximum context length is {max} tokens, however you requested {all} tokens ({messages} in your prompt; {completion} for the completion)", "fierceX/Document_QA#3, OpenRouterTeam/openrouter-examples#10"),
        new("vLLM", "is too large: {completion}. This model's maximum context length is {max} tokens and your request has {messages} input tokens", "opendatalab/MinerU#4868"),
        new("vLLM", "maximum context length is {max} tokens. However, your request has {messages} input tokens plus {completion} 'max_tokens'", "vllm-project/vllm PR 33425"),
        new("vLLM", "maximum context length is {max} tokens. However, your request has {messages} input tokens", "vllm-project/vllm PR 33425"),
        new("OpenAI", "maximum context length is {max} tokens. However, your messages resulted in {messages} tokens", "crewAIInc/crewAI-examples#121"),
        new("Azure", "configured limit of {max} tokens. Your messages resulted in {messages} tokens", "BerriAI/litellm#15968"),
        new("Anthropic", "prompt is too long: {messages} tokens > {max} maximum", "anthropics/claude-code#12186"),
        new("Anthropic", "exceed context limit: {messages} + {completion} > {max}", "BrokkAi/brokk-app#540"),
        new("Gemini", "input token count ({messages}) exceeds the maximum number of tokens allowed ({max})", "BerriAI/litellm#18282"),
        new("Gemini", "input token count exceeds the maximum number of tokens allowed ({max})", "BerriAI/litellm#18282"),
        new("Cerebras", "Current length is {all} while limit is {max}", "cline/cline#5140"),
        new("TGI, Together", "must be <= {max}. Given: {messages} `inputs` tokens and {completion} `max_new_tokens`", "BerriAI/litellm#4934"),
        new("TGI", "`inputs` must have less than {max} tokens. Given: {messages}", "huggingface/text-generation-inference#937"),
        new("llama.cpp", "request ({messages} tokens) exceeds the available context size ({max} tokens)", "ggml-org/llama.cpp PR 16486"),
        new("llama-cpp-python", "Requested tokens ({all}) exceed context window of {max}", "fedora-copr/logdetective#100"),
        new("LM Studio", "keep the first {messages} tokens {*} context length of only {max} tokens", "lmstudio-ai/lmstudio-bug-tracker#546"),
        new("LM Studio", "greater than the context length (n_keep: {messages}>= n_ctx: {max})", "Gitlawb/openclaude#353"),
        new("GitHub Copilot", "prompt token count of {messages} exceeds the limit of {max}", "RooCodeInc/Roo-Code#1694"),
        new("SGLang", "input ({messages} tokens) is longer than the model's context length ({max} tokens)", "QwenLM/Qwen3#1321"),
        new("SGLang", "Input length ({messages} tokens) exceeds the maximum allowed length ({max} tokens)", "sgl-project/sglang#4048"),
        new("Cohere", "cannot exceed {max} - received {all}", "cohere-ai/sandbox-topically#4"),
        new("ApiTools", "The messages are {messages} tokens and max_tokens is {completion}, together {all}: {*} more than the {max} of ", "the simulator"),
        new("ApiTools", "The messages are {messages} tokens and max_completion_tokens is {completion}, together {all}: {*} more than the {max} of ", "the simulator"),
        new("ApiTools", "The messages are {messages} tokens{*} more than the {max} of ", "the simulator"),
        new("GitHub Models", "Max size: {max} tokens", "eslint/tsc-meetings PR 593"),
    ];

    private static readonly NumberSentences Table = new(All);

    /// <summary>The numbers in the sentence that a service writes; null where there are none.</summary>
    public static ContextLength? Read(string message) => Read(message, Digits.Starts(message.AsSpan(), stackalloc int[Digits.Room]));

    /// <summary>The numbers in the sentence that a service writes; null where there are none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="numbers">Where the numbers of the message begin (<see cref="Digits"/>).</param>
    public static ContextLength? Read(string message, ReadOnlySpan<int> numbers) => Table.TryFind(message, numbers, out SentenceMatch match)
        ? new ContextLength(Tokens(match[SentencePlace.Max]), Tokens(match[SentencePlace.All]), Tokens(match[SentencePlace.Messages]), Tokens(match[SentencePlace.Completion]))
        : null;

    private static int? Tokens(long? number) => number is long tokens and <= int.MaxValue ? (int)tokens : null;
}
