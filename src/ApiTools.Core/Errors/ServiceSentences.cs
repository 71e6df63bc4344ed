namespace ApiTools.Errors;

/// <summary>
/// What only the message says, as data. Asked last, where a service gave no code, and only for sentences that were seen, from their beginning, in the form
/// of the service that writes them: a word somewhere in a message may come from the user's own prompt.
/// </summary>
internal static class ServiceSentences
{
    private const ErrorForms OpenAi = ErrorForms.Object | ErrorForms.Flat;

    private static readonly int[] BadRequest = [400];

    private static readonly int[] NotFound = [404];

    private static readonly int[] Limit = [429];

    /// <summary>Every sentence that decides.</summary>
    public static ServiceSentence[] All { get; } =
    [
        new("Ollama", ErrorForms.Bare | ErrorForms.Object, NotFound, "model {quoted} not found", "model_not_supported", "ollama PR 718, QAnything#555"),
        new("vLLM", OpenAi, NotFound, "The model {quoted} does not exist", "model_not_supported", "vllm-project/vllm#3485, QwenLM/Qwen-Agent#110"),
        new("DeepSeek", OpenAi, BadRequest, "Model Not Exist", "model_not_supported", "deepwn/addi#13, coze-dev/coze-studio#293"),
        new("SiliconFlow", OpenAi, BadRequest, "Model does not exist. Please check it", "model_not_supported", "anyme123/Any-code#1"),
        new("Fireworks", OpenAi, NotFound, "Model not found, inaccessible, and/or not deployed", "model_not_supported", "warpdotdev/warp#15107"),
        new("NVIDIA NIM", ErrorForms.Detail, NotFound, "Function {quoted}: Not found for account", "model_not_supported", "Alishahryar1/free-claude-code#1021"),
        new("Vertex AI", ErrorForms.Google | OpenAi, NotFound, "Publisher Model {quoted} was not found", "model_not_supported", "truefoundry/models PR 946"),
        new("truefoundry", OpenAi, NotFound, "vertex error: Publisher Model {quoted} was not found", "model_not_supported", "truefoundry/models PR 946"),

        new("OpenRouter", ErrorForms.Object, NotFound, "No endpoints found for ", "model_not_supported", "Alishahryar1/free-claude-code#166, chatboxai/chatbox#2743"),
        new("OpenRouter", ErrorForms.Object, BadRequest, "{word} is not a valid model ID", "model_not_supported", "maxnowack/anthropic-proxy#4, continuedev/continue#10322"),
        new("AWS", OpenAi, BadRequest, "Invocation of model ID {word} with on-demand throughput isn", "model_not_supported", "anthropics/claude-code#1466"),
        new("LiteLLM", ErrorForms.Object, BadRequest, "400: {*}'error': 'Invalid model name passed in model=", "model_not_supported", "BerriAI/litellm PR 3142"),
        new("LiteLLM", ErrorForms.Object, BadRequest, "litellm.BadRequestError: PerplexityException - Invalid model {quoted}", "model_not_supported", "BerriAI/litellm#37761"),

        new("vLLM, DeepSeek", OpenAi, BadRequest, "This model's maximum context length is {max} tokens", "context_length_exceeded", "vllm-project/vllm PR 33425, netease-youdao/LobsterAI#60"),
        new("OpenRouter", OpenAi, BadRequest, "This endpoint's maximum context length is {max} tokens", "context_length_exceeded", "Aider-AI/aider#3721, topoteretes/cognee#1061"),
        new("vLLM", OpenAi, BadRequest, "'max_tokens' or 'max_completion_tokens' is too large: {completion}. This model's maximum context length is {max}", "context_length_exceeded", "opendatalab/MinerU#4868"),
        new("SGLang", OpenAi, BadRequest, "The input ({messages} tokens) is longer than the model's context length", "context_length_exceeded", "QwenLM/Qwen3#1321"),
        new("SGLang", OpenAi, BadRequest, "Input length ({messages} tokens) exceeds the maximum allowed length", "context_length_exceeded", "sgl-project/sglang#4048"),
        new("Gemini", ErrorForms.Google | OpenAi, BadRequest, "The input token count ({messages}) exceeds the maximum number of tokens allowed", "context_length_exceeded", "gemini-cli#4692, BerriAI/litellm#18282"),
        new("Gemini", ErrorForms.Google | OpenAi, BadRequest, "The input token count exceeds the maximum number of tokens allowed", "context_length_exceeded", "BerriAI/litellm#18282"),
        new("llama.cpp", OpenAi, [400, 500], "the request exceeds the available context size", "context_length_exceeded", "continuedev/continue#9797"),
        new("llama-cpp-python", OpenAi | ErrorForms.Detail, [400, 500], "Requested tokens ({all}) exceed context window of {max}", "context_length_exceeded", "fedora-copr/logdetective#100"),
        new("LM Studio", ErrorForms.Bare | OpenAi, BadRequest, "Trying to keep the first {messages} tokens when context the overflows", "context_length_exceeded", "lmstudio-ai/lmstudio-bug-tracker#237, dyad-sh/dyad#925"),
        new("LM Studio", ErrorForms.Bare | OpenAi, BadRequest, "The number of tokens to keep from the initial prompt is greater than the context length", "context_length_exceeded", "Gitlawb/openclaude#353, lmstudio-ai/lmstudio-bug-tracker#2256"),
        new("Anthropic", ErrorForms.Typed | OpenAi, BadRequest, "prompt is too long: {messages} tokens > {max} maximum", "context_length_exceeded", "anthropics/claude-code#12186"),
        new("Anthropic", ErrorForms.Typed | OpenAi, BadRequest, "input length and `max_tokens` exceed context limit: {messages}", "context_length_exceeded", "BrokkAi/brokk-app#540"),
        new("TGI, Together", ErrorForms.Bare | OpenAi, [400, 422], "Input validation error: `inputs` tokens + `max_new_tokens` must be <= {max}", "context_length_exceeded", "BerriAI/litellm#4934"),
        new("TGI", ErrorForms.Bare | OpenAi, [400, 422], "Input validation error: `inputs` must have less than {max}", "context_length_exceeded", "huggingface/text-generation-inference#937"),
        new("Azure", OpenAi, BadRequest, "Input tokens exceed the configured limit of {max} tokens", "context_length_exceeded", "BerriAI/litellm#15968"),
        new("Cohere", ErrorForms.Flat, BadRequest, "too many tokens: total number of tokens", "context_length_exceeded", "cohere-ai/sandbox-topically#4"),
        new("AWS", OpenAi, BadRequest, "Input is too long for requested model", "context_length_exceeded", "anthropics/claude-code#8637"),
        new("AWS", OpenAi, BadRequest, "The model returned the following errors: Input is too long for requested model", "context_length_exceeded", "continuedev/continue#9592"),
        new("LiteLLM", ErrorForms.Object, BadRequest, "litellm.ContextWindowExceededError", "context_length_exceeded", "BerriAI/litellm#18927"),
        new("LiteLLM", ErrorForms.Object, BadRequest, "litellm.BadRequestError: litellm.ContextWindowExceededError", "context_length_exceeded", "BerriAI/litellm#7259"),

        // xAI answers 400 to a wrong key, and 403 to an empty purse.
        new("xAI", ErrorForms.Bare, BadRequest, "Incorrect API key provided", "invalid_api_key", "openai/codex#1352"),
        new("xAI", ErrorForms.Bare, [403], "Your newly created team doesn't have any credits", "insufficient_quota", "continuedev/continue#12670"),
        new("xAI", ErrorForms.Bare, [403], "Your newly created teams doesn't have any credits", "insufficient_quota", "griptape-ai/griptape-nodes-engine#1079"),
        new("xAI", ErrorForms.Bare, [403, 429], "Your team {word} has either used all available credits or reached its monthly spending limit", "insufficient_quota", "continuedev/continue#10373, NousResearch/hermes-agent#26847"),
        new("xAI", ErrorForms.Bare, [403], "You have run out of credits or need a Grok subscription", "insufficient_quota", "Wei-Shaw/sub2api#4069"),
        new("Anthropic", ErrorForms.Typed | OpenAi, BadRequest, "Your credit balance is too low", "insufficient_quota", "anthropics/claude-code#66314, anthropics/claude-quickstarts#83"),
        new("Fireworks", OpenAi, [412], "Account {word} is suspended, possibly due to reaching the monthly spending limit", "insufficient_quota", "pollinations/pollinations#12136"),
        new("LiteLLM", ErrorForms.Object, [400, 401, 429], "Budget has been exceeded!", "insufficient_quota", "BerriAI/litellm#4208"),
        new("LiteLLM", ErrorForms.Object, [400, 401, 429], "litellm.BadRequestError: OpenAIException - Budget has been exceeded!", "insufficient_quota", "BerriAI/litellm#14144"),
        new("LiteLLM", ErrorForms.Object, [400, 401, 429], "ExceededBudget: ", "insufficient_quota", "OWASP/OpenCRE PR 1102"),

        new("LiteLLM", ErrorForms.Object, Limit, "No deployments available - crossed budget", "insufficient_quota", "BerriAI/litellm#14144"),

        // Under 413 the status says nothing of a limit.
        new("Groq", OpenAi, [413], "Request too large for model {quoted}", "rate_limit_exceeded", "continuedev/continue#10218"),

        new("relays", OpenAi, Limit, "Too many concurrent requests", "concurrent_limit_exceeded", "QwenLM/qwen-code#3409, Wei-Shaw/claude-relay-service PR 773"),
        new("Scaleway", OpenAi, Limit, "You exceeded your current threshold of concurrent requests", "concurrent_limit_exceeded", "scaleway/docs-content PR 4796"),

        new("NVIDIA NIM", ErrorForms.Detail, BadRequest, "Function id {quoted}: DEGRADED function cannot be invoked", "service_unavailable", "decolua/9router#2527"),
        new("Ollama", ErrorForms.Bare | ErrorForms.Object, [500], "model requires more system memory ({*}) than is available", null, "continuedev/continue#11478") { WaitIsOfNoUse = true },
    ];

    // By their first letter, which is ASCII; one that begins with a place stands under each.
    private static readonly ServiceSentence[][] ByFirst = [.. Enumerable.Range(0, 128).Select(first => All.Where(sentence => (sentence.Begins.First ?? first) == first).ToArray())];

    /// <summary>The sentence that the message begins with; null where it is none of those known.</summary>
    public static ServiceSentence? Find(string message, int status, ErrorForms forms)
    {
        foreach (ServiceSentence sentence in message[0] < ByFirst.Length ? ByFirst[message[0]] : [])
        {
            if (sentence.Fits(message, status, forms))
            {
                return sentence;
            }
        }
        return null;
    }
}
