namespace ApiTools.Errors;

/// <summary>Tells whose form an answer has, as data. It decides no code: it says to a person what was recognised.</summary>
internal static class ErrorDialects
{
    /// <summary>Every form that is known; one that is a service's own before one that many share.</summary>
    public static IReadOnlyList<ErrorDialect> All { get; } =
    [
        new("LiteLLM", "BerriAI/litellm#7259, #11639", (body, headers, text) => headers["x-litellm-call-id"] is not null || Says(text, "litellm.") || Is(body, "type", "token_not_found_in_db") || Is(body, "type", "budget_exceeded")),
        new("OpenRouter", "go-openrouter PR 21", (body, _, text) => Error(body)?["metadata"] is not null || Says(text, "openrouter.ai")),
        new("Anthropic", "anthropics/claude-code#12186", (body, headers, _) => body?.String("type") == "error" || headers["anthropic-ratelimit-requests-limit"] is not null),
        new("Google", "google-gemini/gemini-cli#14831", (body, _, text) => Error(body)?.String("status") is string status && status.All(c => c is (>= 'A' and <= 'Z') or '_') || Says(text, "type.googleapis.com")),
        new("Azure OpenAI", "BotSharp#386, chatbox#646", (body, headers, text) => headers["apim-request-id"] is not null || headers["x-ms-region"] is not null || Error(body)?["innererror"] is not null || Is(body, "code", "DeploymentNotFound") || Says(text, "Azure OpenAI")),
        new("Azure API Management", "Azure-Samples/openai-apim-lb#31", (body, _, _) => body?["statusCode"] is not null && body?["message"] is not null),
        new("AWS", "aws-samples/amazon-bedrock-client-for-mac#99", (body, headers, _) => headers["x-amzn-errortype"] is not null || headers["x-amzn-requestid"] is not null || body?["__type"] is not null),
        new("Groq", "HunorLaczko/ha-groq-cloud-api#27, obsidian-ai-tagger#34", (body, _, text) => Error(body)?["failed_generation"] is not null || Says(text, "console.groq.com")),
        new("Mistral", "raycast/extensions#31107", (body, _, _) => body?["raw_status_code"] is not null || Is(body, "type", "rate_limited")),
        new("xAI", "griptape-ai/griptape-nodes-engine#1079", (body, _, text) => (body?.String("code") is not null && body?.String("error") is not null) || Says(text, "console.x.ai")),
        new("Perplexity", "perplexityai/api-discussion#262, bhdicaire/visioStencils#3", (body, _, text) => Is(body, "type", "invalid_model") && Says(text, "docs.perplexity.ai")),
        new("GitHub Copilot", "RooCodeInc/Roo-Code#1694, mnfst/llm-gateway#1849", (body, _, _) => Is(body, "code", "model_max_prompt_tokens_exceeded") || Is(body, "code", "invalid_request_body")),
        new("Volcengine", "cloudwego/eino#107, w4n9H/autocoder-nano#3", (body, _, _) => (Error(body) ?? body)?.String("code") is "InvalidEndpointOrModel.NotFound" or "InvalidEndpoint.NotFound"),
        new("llama.cpp", "ggml-org/llama.cpp PR 15780, PR 14352", (body, _, _) => Error(body)?["n_ctx"] is not null || (Error(body)?["code"] is { Kind: System.Text.Json.JsonTokenType.Number } && Error(body)?.String("type") is not null)),
        new("vLLM, SGLang", "vllm-project/vllm#4667, QwenLM/Qwen3#1321", (body, _, _) => body?.String("object") == "error" || Error(body)?.String("type") is "BadRequestError" or "NotFoundError"),
        new("Hugging Face TGI", "huggingface/text-generation-inference#628", (body, _, _) => body?["error_type"] is not null),
        new("LM Studio", "lmstudio-ai/lmstudio-bug-tracker#546", (_, _, text) => Says(text, "when context the overflows") || Says(text, "(n_keep: ")),
        new("Ollama", "ollama PR 718", (body, _, text) => body?.String("error") is not null && (Says(text, "try pulling it first") || Says(text, "maximum pending requests") || Says(text, "system memory"))),
        new("NVIDIA NIM", "Alishahryar1/free-claude-code#1021", (body, _, _) => body?.String("detail")?.StartsWith("Function ", StringComparison.Ordinal) == true),
        new("one-api, new-api", "popjane/free_chatgpt_api#78", (body, _, _) => Error(body)?.String("type") is "new_api_error" or "one_api_error"),
        new("Cerebras", "nminaya/grammar-nazi-bot#958", (body, _, _) => body?.String("message") is not null && body?["param"] is not null && body?.String("code") is not null),
        new("FastAPI", "openclaude#739", (body, _, _) => body?["detail"] is not null && body?["title"] is null),
        new("Problem details (RFC 9457)", "RFC 9457", (body, headers, _) => body?["title"] is not null || headers["content-type"]?.StartsWith("application/problem+json", StringComparison.OrdinalIgnoreCase) == true),
        new("OpenAI", "mxdkl/pls#4", (body, _, _) => Error(body) is { } error && error["message"] is not null),
    ];

    /// <summary>Whose form it is; null where that of nobody known.</summary>
    /// <param name="body">The body; null where it is no JSON.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="text">The message.</param>
    public static string? Find(ErrorNode? body, AnswerHeaders headers, string text)
    {
        ErrorNode? root = body is { Kind: System.Text.Json.JsonTokenType.StartArray, First: ErrorNode first } ? first : body;
        return All.FirstOrDefault(dialect => dialect.IsMarked(root, headers, text))?.Name;
    }

    private static ErrorNode? Error(ErrorNode? body) => body?["error"] is { Kind: System.Text.Json.JsonTokenType.StartObject } error ? error : null;

    private static bool Is(ErrorNode? body, string name, string value) => (Error(body) ?? body)?.String(name) == value;

    private static bool Says(string text, string words) => text.IndexOf(words, StringComparison.Ordinal) >= 0;
}
