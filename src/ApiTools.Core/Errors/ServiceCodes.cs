using System.Text;

namespace ApiTools.Errors;

/// <summary>
/// What services write where the page has a code, as data. A code stands here only where it means the same thing, so that the page's solution
/// is right for it; any other stays the service's own. Changing a line changes error ids: it is a breaking change.
/// </summary>
internal static class ServiceCodes
{
    /// <summary>Every code, type and reason that means the same as a documented code.</summary>
    public static IReadOnlyList<ServiceCode> All { get; } =
    [
        new("Cerebras", "wrong_api_key", "invalid_api_key", "inference-docs.cerebras.ai"),
        new("Gemini", "API_KEY_INVALID", "invalid_api_key", "continuedev/continue#10290"),
        new("DashScope", "InvalidApiKey", "invalid_api_key", "help.aliyun.com/model-studio/error-code"),
        new("LiteLLM", "token_not_found_in_db", "invalid_api_key", "BerriAI/litellm#11639"),

        new("OpenAI", "missing_required_parameter", "missing_required_field", "openai/codex#6934"),
        new("FastAPI", "missing", "missing_required_field", SeenAt.NoThread),
        new("FastAPI", "value_error.missing", "missing_required_field", "fastapi/fastapi#207"),

        new("OpenAI", "unsupported_parameter", "invalid_value", "picoclaw#16"),
        new("OpenAI", "unsupported_value", "invalid_value", "NVlabs/cvdp_benchmark#29"),
        new("OpenAI", "unknown_parameter", "invalid_value", "openai/codex#10834"),
        new("OpenAI", "invalid_parameter", "invalid_value", SeenAt.NoThread),
        new("DashScope", "invalid_parameter_error", "invalid_value", "aptdnfapt/qwen-code-oai-proxy PR 14"),
        new("DashScope", "InvalidParameter", "invalid_value", "can1357/oh-my-pi PR 9610"),
        new("GitHub Copilot", "invalid_request_body", "invalid_value", "mnfst/llm-gateway#1849"),
        new("OpenAI", "invalid_type", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "invalid_json", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "integer_above_max_value", "invalid_value", "thisisartium/continuous-alignment-testing#25"),
        new("OpenAI", "integer_below_min_value", "invalid_value", "vectorize-io/hindsight#58"),
        new("OpenAI", "decimal_above_max_value", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "decimal_below_min_value", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "string_above_max_length", "invalid_value", "dnakov/anon-kode#47"),
        new("OpenAI", "string_below_min_length", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "array_above_max_length", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "array_below_min_length", "invalid_value", SeenAt.NoThread),
        new("OpenAI", "empty_array", "invalid_value", "CopilotKit/CopilotKit#529"),
        new("OpenAI", "empty_string", "invalid_value", SeenAt.NoThread),

        // Under 403 it says that this key may not use the model, which may well exist: PowerShell/AIShell#323.
        new("OpenAI", "model_not_found", "model_not_supported", "decolua/9router PR 3558", NotUnder: 403),
        new("Azure", "DeploymentNotFound", "model_not_supported", "chatbox#646"),
        new("Azure", "OperationNotSupported", "model_not_supported", SeenAt.NoThread),
        new("Groq", "model_decommissioned", "model_not_supported", "atiilla/sqlmap-ai#3"),
        new("GitHub Models", "unavailable_model", "model_not_supported", SeenAt.NoThread),
        new("GitHub Models", "unknown_model", "model_not_supported", SeenAt.NoThread),
        new("Volcengine", "InvalidEndpointOrModel.NotFound", "model_not_supported", "cloudwego/eino#107"),
        new("Volcengine", "InvalidEndpoint.NotFound", "model_not_supported", "w4n9H/autocoder-nano#3"),
        new("Kiro", "INVALID_MODEL_ID", "model_not_supported", "decolua/9router#1187"),
        new("Mistral, Perplexity", "invalid_model", "model_not_supported", "ELPROFUG0/TexTab#2"),

        new("GitHub Models", "tokens_limit_reached", "context_length_exceeded", "eslint/tsc-meetings PR 593"),
        new("GitHub Copilot", "model_max_prompt_tokens_exceeded", "context_length_exceeded", "RooCodeInc/Roo-Code#1694"),
        new("llama.cpp", "exceed_context_size_error", "context_length_exceeded", "ggml-org/llama.cpp PR 15780"),

        new("GitHub Models, Azure AI", "RateLimitReached", "rate_limit_exceeded", "icereed/paperless-gpt#814"),
        new("Azure AI", "too_many_requests", "rate_limit_exceeded", SeenAt.NoThread),
        new("Cerebras", "request_quota_exceeded", "rate_limit_exceeded", "nminaya/grammar-nazi-bot#958"),
        new("Cerebras", "token_quota_exceeded", "rate_limit_exceeded", "continuedev/continue#9800"),
        new("Moonshot", "rate_limit_reached_error", "rate_limit_exceeded", "LLM-Red-Team/kimi-cc#41"),
        new("Mistral", "rate_limited", "rate_limit_exceeded", "raycast/extensions#31107"),
        new("LiteLLM", "throttling_error", "rate_limit_exceeded", "jasonacox/TinyLLM#17"),
        new("AWS", "ThrottlingException", "rate_limit_exceeded", "aws-samples/amazon-bedrock-client-for-mac#99"),
        new("ERNIE", "rpm_rate_limit_exceeded", "rate_limit_exceeded", "PaddlePaddle/ERNIE#1031"),
        new("Google", "rateLimitExceeded", "rate_limit_exceeded", "google-gemini/gemini-cli#14831"),
        new("xAI", "Some resource has been exhausted", "rate_limit_exceeded", SeenAt.NoThread),
        new("Zhipu", "1302", "rate_limit_exceeded", "KylinMountain/TradingAgents-AShare PR 247", Under: 429),

        new("one-api, new-api", "insufficient_user_quota", "insufficient_quota", "popjane/free_chatgpt_api#78"),
        new("OpenAI", "billing_hard_limit_reached", "insufficient_quota", "Decryptu/DecryptGPT#1, all-in-aigc/aiwallpaper#2"),
        new("OpenAI", "billing_not_active", "insufficient_quota", "BerriAI/litellm#2743, lifan0127/ai-research-assistant#174"),
        new("Moonshot", "exceeded_current_quota_error", "insufficient_quota", "MoonshotAI/Kimi-K2#5, anomalyco/opencode#25458"),
        new("DashScope", "Arrearage", "insufficient_quota", "alibaba/spring-ai-alibaba#1146"),
        new("LiteLLM", "budget_exceeded", "insufficient_quota", "BerriAI/litellm PR 37000"),
        new("xAI", "personal-team-blocked:spending-limit", "insufficient_quota", "NousResearch/hermes-agent#26847"),
        new("Zhipu", "1113", "insufficient_quota", "KylinMountain/TradingAgents-AShare PR 247", Under: 429),

        new("Moonshot", "engine_overloaded_error", "service_unavailable", "MoonshotAI-Cookbook#16"),
        new("Cerebras", "queue_exceeded", "service_unavailable", SeenAt.NoThread),
    ];

    private static readonly Dictionary<string, ServiceCode> ByCode = All.ToDictionary(known => known.Code, StringComparer.OrdinalIgnoreCase);

    // What is known of a word as it is mostly written, so that no word need be asked for twice; null for one that means no documented code.
    private static readonly Dictionary<string, ServiceCode?> ByWord =
        ApiErrorCatalog.Documented.Select(info => info.Code).Concat(ByCode.Keys).Concat(MereTypes.All).Distinct().ToDictionary(word => word, Find, StringComparer.Ordinal);

    /// <summary>The documented code that a service's code or type means under this status; null where it means none.</summary>
    public static string? Documented(string? code, int status)
    {
        if (code is null)
        {
            return null;
        }
        ServiceCode? known = ByWord.TryGetValue(code, out ServiceCode? word) ? word : Find(code);
        return known is not null && known.AppliesUnder(status) ? known.Documented : null;
    }

    private static ServiceCode? Find(string code)
    {
        if (ApiErrorCatalog.Find(code) is { IsDocumented: true } info)
        {
            return new ServiceCode("the page", info.Code, info.Code, SeenAt.NoThread);
        }
        return ByCode.TryGetValue(code, out ServiceCode? known) ? known : null;
    }

    /// <summary>A service's own code as <c>[A-Za-z0-9_.-]{1,64}</c>, fit for an error id; null where nothing of it is left.</summary>
    public static string? Reduce(string code)
    {
        StringBuilder reduced = new();
        foreach (char c in code)
        {
            if (reduced.Length == 64)
            {
                break;
            }
            if (c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '.' or '-')
            {
                reduced.Append(c);
            }
            else if (reduced.Length > 0 && reduced[reduced.Length - 1] != '_')
            {
                reduced.Append('_');
            }
        }
        string result = reduced.ToString().TrimEnd('_');
        return result.Length == 0 ? null : result;
    }
}
