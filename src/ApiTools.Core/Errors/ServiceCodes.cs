using System.Text;

namespace ApiTools.Errors;

/// <summary>
/// What services write where the page has a code, as data. A code stands here only where it means the same thing, so that the page's solution
/// is right for it; any other stays the service's own. Changing a line changes error ids: it is a breaking change.
/// </summary>
internal static class ServiceCodes
{
    /// <summary>Every code and type that means the same as a documented code.</summary>
    public static IReadOnlyList<ServiceCode> All { get; } =
    [
        new("wrong_api_key", "invalid_api_key", "Cerebras 401: inference-docs.cerebras.ai"),
        new("API_KEY_INVALID", "invalid_api_key", "Gemini 400, in details[].reason: continuedev/continue#10290"),
        new("InvalidApiKey", "invalid_api_key", "Alibaba DashScope 401: help.aliyun.com/model-studio/error-code"),

        new("missing_required_parameter", "missing_required_field", "OpenAI 400: openai/codex#6934"),
        new("missing", "missing_required_field", "FastAPI (pydantic 2) 422, type of a detail"),
        new("value_error.missing", "missing_required_field", "FastAPI (pydantic 1) 422, type of a detail"),

        new("unsupported_parameter", "invalid_value", "OpenAI 400: picoclaw#16"),
        new("unsupported_value", "invalid_value", "OpenAI 400: temperature of o1 and gpt-5"),
        new("unknown_parameter", "invalid_value", "OpenAI 400"),
        new("invalid_parameter", "invalid_value", "OpenAI 400"),
        new("invalid_parameter_error", "invalid_value", "Alibaba DashScope 400, compatible mode"),
        new("InvalidParameter", "invalid_value", "Alibaba DashScope 400"),
        new("invalid_type", "invalid_value", "OpenAI 400"),
        new("invalid_json", "invalid_value", "OpenAI 400"),
        new("integer_above_max_value", "invalid_value", "OpenAI 400"),
        new("integer_below_min_value", "invalid_value", "OpenAI 400"),
        new("decimal_above_max_value", "invalid_value", "OpenAI 400"),
        new("decimal_below_min_value", "invalid_value", "OpenAI 400"),
        new("string_above_max_length", "invalid_value", "OpenAI 400: dnakov/anon-kode#47"),
        new("string_below_min_length", "invalid_value", "OpenAI 400"),
        new("array_above_max_length", "invalid_value", "OpenAI 400"),
        new("array_below_min_length", "invalid_value", "OpenAI 400"),
        new("empty_array", "invalid_value", "OpenAI 400"),
        new("empty_string", "invalid_value", "OpenAI 400"),

        // Under 403 it says that this key may not use the model, which may well exist: PowerShell/AIShell#323.
        new("model_not_found", "model_not_supported", "OpenAI 404: openai.com/docs/guides/error-codes", NotUnder: 403),
        new("DeploymentNotFound", "model_not_supported", "Azure 404: chatbox#646"),
        new("OperationNotSupported", "model_not_supported", "Azure 400: the operation does not work with the specified model"),
        new("model_decommissioned", "model_not_supported", "Groq 400: atiilla/sqlmap-ai#3"),
        new("unavailable_model", "model_not_supported", "GitHub Models 400"),
        new("unknown_model", "model_not_supported", "GitHub Models 400"),
        new("invalid_model", "model_not_supported", "Mistral 400 and Perplexity 400, as the type"),

        new("tokens_limit_reached", "context_length_exceeded", "GitHub Models 413: eslint/tsc-meetings PR 593"),
        new("exceed_context_size_error", "context_length_exceeded", "llama.cpp 400, as the type: llama.cpp PR 15780"),

        new("RateLimitReached", "rate_limit_exceeded", "GitHub Models and Azure AI 429"),
        new("too_many_requests", "rate_limit_exceeded", "Azure AI 429"),
        new("request_quota_exceeded", "rate_limit_exceeded", "Cerebras 429, a limit by the minute: nminaya/grammar-nazi-bot#958"),
        new("token_quota_exceeded", "rate_limit_exceeded", "Cerebras 429, a limit by the minute: continuedev/continue#9800"),
        new("rate_limit_reached_error", "rate_limit_exceeded", "Moonshot 429, as the type: LLM-Red-Team/kimi-cc#41"),

        new("insufficient_user_quota", "insufficient_quota", "one-api and new-api 403: popjane/free_chatgpt_api#78"),
        new("billing_hard_limit_reached", "insufficient_quota", "OpenAI 400 and 429"),
        new("billing_not_active", "insufficient_quota", "OpenAI 429"),
        new("exceeded_current_quota_error", "insufficient_quota", "Moonshot 429, as the type"),
        new("Arrearage", "insufficient_quota", "Alibaba DashScope 400"),

        new("engine_overloaded_error", "service_unavailable", "Moonshot 429, as the type: MoonshotAI-Cookbook#16"),
        new("queue_exceeded", "service_unavailable", "Cerebras 429: high traffic"),
    ];

    // What says no more than the status does, in the place of a code: a class of errors, a status in words, the name of an exception. The
    // number is the status that it stands for, for an error that comes under another one (an error in a stream that began with 200).
    private static readonly Dictionary<string, int> MereTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["error"] = 0,
        ["api_error"] = 500,
        ["unknown_error"] = 0,
        ["upstream_error"] = 502,
        ["provider_error"] = 502,
        ["new_api_error"] = 0,
        ["v_api_error"] = 0,
        ["one_api_error"] = 0,
        ["server_error"] = 500,
        ["internal_server_error"] = 500,
        ["InternalServerError"] = 500,
        ["INTERNAL"] = 500,
        ["overloaded_error"] = 529,
        ["UNAVAILABLE"] = 503,
        ["ServiceUnavailable"] = 503,
        ["ServiceUnavailableError"] = 503,
        ["DEADLINE_EXCEEDED"] = 504,
        ["rate_limit_error"] = 429,
        ["RateLimitError"] = 429,
        ["too_many_requests_error"] = 429,
        ["TooManyRequests"] = 429,
        ["RESOURCE_EXHAUSTED"] = 429,
        ["requests"] = 429,
        ["tokens"] = 429,
        ["invalid_request_error"] = 400,
        ["invalid_request"] = 400,
        ["bad_request"] = 400,
        ["bad_request_error"] = 400,
        ["BadRequest"] = 400,
        ["BadRequestError"] = 400,
        ["INVALID_ARGUMENT"] = 400,
        ["FAILED_PRECONDITION"] = 400,
        ["validation_error"] = 400,
        ["Client specified an invalid argument"] = 400,
        ["authentication_error"] = 401,
        ["AuthenticationError"] = 401,
        ["invalid_authentication_error"] = 401,
        ["Unauthorized"] = 401,
        ["UNAUTHENTICATED"] = 401,
        ["billing_error"] = 402,
        ["permission_error"] = 403,
        ["permission_denied"] = 403,
        ["Forbidden"] = 403,
        ["not_found_error"] = 404,
        ["not_found"] = 404,
        ["NotFound"] = 404,
        ["NotFoundError"] = 404,
        ["Not Found"] = 404,
    };

    private static readonly Dictionary<string, ServiceCode> ByCode = All.ToDictionary(known => known.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The documented code that a service's code or type means under this status; null where it means none.</summary>
    public static string? Documented(string? code, int status)
    {
        if (code is null)
        {
            return null;
        }
        if (ApiErrorCatalog.Find(code) is { IsDocumented: true } info)
        {
            return info.Code;
        }
        return ByCode.TryGetValue(code, out ServiceCode? known) && known.NotUnder != status ? known.Documented : null;
    }

    /// <summary>True for what stands in the place of a code and is none: nothing, a number, the word None, a mere type.</summary>
    public static bool IsNoCode(string? code) =>
        string.IsNullOrWhiteSpace(code) || IsNumber(code!) || MereTypes.ContainsKey(code!)
        || string.Equals(code, "None", StringComparison.OrdinalIgnoreCase) || string.Equals(code, "null", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status that a mere type stands for; null for any other.</summary>
    public static int? StatusOf(string? type) => type is not null && MereTypes.TryGetValue(type, out int status) && status > 0 ? status : null;

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

    private static bool IsNumber(string code) => code.All(c => c is >= '0' and <= '9' or '-' or '.');
}
