using ApiTools.Errors;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Errors;

/// <summary>Each shape that services send, from the literal answer to the typed exception. Where it was seen: Fixtures/Errors/INDEX.txt.</summary>
public sealed class ErrorFixtureTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Fixture, code, param, seconds to wait, the message's beginning, and the exception's class.</summary>
    public static TheoryData<string, string, string?, double?, string, Type> Expected { get; } = new()
    {
        { "page", "invalid_value", "temperature", null, "temperature must be in 0-2 range", typeof(ApiRequestException) },
        { "openai-wrong-key", "invalid_api_key", null, null, "Incorrect API key provided: *** You can find", typeof(ApiAuthenticationException) },
        { "openai-quota", "insufficient_quota", null, null, "You exceeded your current quota", typeof(ApiLimitException) },
        { "openai-wait-for-days", "rate_limit_exceeded", null, 411480, "Rate limit reached for gpt-4o-mini", typeof(ApiLimitException) },
        { "openai-larger-than-limit", "rate_limit_exceeded", null, null, "Request too large for gpt-4", typeof(ApiLimitException) },
        { "openai-context", "context_length_exceeded", "messages", null, "This model's maximum context length", typeof(ApiRequestException) },
        { "openai-unsupported-parameter", "invalid_value", "max_tokens", null, "Unsupported parameter: 'max_tokens'", typeof(ApiRequestException) },
        { "openai-missing-parameter", "missing_required_field", "input[18].id", null, "Missing required parameter", typeof(ApiRequestException) },
        { "openai-unknown-url", "unknown_url", null, null, "Unknown request URL", typeof(ApiNotFoundException) },
        { "openai-model-not-found", "model_not_supported", null, null, "The model `x` does not exist", typeof(ApiRequestException) },
        { "openai-no-access-to-model", "model_not_found", null, null, "Project `proj_x` does not have access", typeof(ApiPermissionException) },
        { "openai-limit-headers", "rate_limit_exceeded", null, 179.56, "Rate limit reached", typeof(ApiLimitException) },
        { "openai-milliseconds", "rate_limit_exceeded", null, 0.25, "Slow down", typeof(ApiLimitException) },
        { "openai-server-error", "internal_error", null, null, "The server had an error", typeof(ApiServerException) },
        { "azure-content-filter", "content_filter", "prompt", null, "The response was filtered", typeof(ApiRequestException) },
        { "azure-deployment", "model_not_supported", null, null, "The API deployment for this resource", typeof(ApiRequestException) },
        { "azure-number-as-code", "rate_limit_exceeded", null, 6, "Requests to the ChatCompletions_Create", typeof(ApiLimitException) },
        { "azure-gateway", "rate_limit_exceeded", null, 2, "Rate limit is exceeded.", typeof(ApiLimitException) },
        { "openrouter-raw", "invalid_function_parameters", "tools[0].function.parameters", null, "OpenAI: Invalid schema", typeof(ApiRequestException) },
        { "openrouter-in-stream", "service_unavailable", null, null, "Provider disconnected", typeof(ApiServerException) },
        { "openrouter-daily-limit", "rate_limit_exceeded", null, 86400, "Rate limit exceeded: free-models", typeof(ApiLimitException) },
        { "openrouter-credits", "insufficient_quota", null, null, "Insufficient credits", typeof(ApiLimitException) },
        { "ollama", "model_not_supported", null, null, "model 'mistral' not found", typeof(ApiRequestException) },
        { "ollama-v1", "model_not_supported", null, null, "model \"x\" not found", typeof(ApiRequestException) },
        { "vllm-flat", "invalid_value", null, null, "max_tokens must be at least 1", typeof(ApiRequestException) },
        { "vllm-context", "context_length_exceeded", null, null, "This model's maximum context length", typeof(ApiRequestException) },
        { "llamacpp-key", "invalid_api_key", null, null, "Invalid API Key", typeof(ApiAuthenticationException) },
        { "llamacpp-context", "context_length_exceeded", null, null, "the request exceeds", typeof(ApiRequestException) },
        { "llamacpp-context-under-200", "context_length_exceeded", null, null, "the request exceeds", typeof(ApiRequestException) },
        { "mistral-list", "invalid_value", "messages[2].name", null, "messages[2].name: Extra inputs are not permitted", typeof(ApiRequestException) },
        { "mistral-missing", "missing_required_field", "messages", null, "messages: Field required; model: Field required", typeof(ApiRequestException) },
        { "mistral-model", "model_not_supported", null, null, "Invalid model: x", typeof(ApiRequestException) },
        { "groq-larger-than-limit", "rate_limit_exceeded", null, 51, "Rate limit reached for model", typeof(ApiLimitException) },
        { "groq-tool", "tool_use_failed", null, null, "Failed to call a function.", typeof(ApiRequestException) },
        { "groq-decommissioned", "model_not_supported", null, null, "The model `qwen-qwq-32b`", typeof(ApiRequestException) },
        { "fastapi-not-found", "http_404", null, null, "Not Found", typeof(ApiNotFoundException) },
        { "cloudflare-bad-gateway", "service_unavailable", null, null, "Bad gateway.", typeof(ApiServerException) },
        { "cloudflare-list", "invalid_api_key", null, null, "Authentication error", typeof(ApiAuthenticationException) },
        { "nginx", "http_404", null, null, "The service answered with an HTML page: \"404 Not Found\"", typeof(ApiNotFoundException) },
        { "html-entities", "service_unavailable", null, 120, "The service answered with an HTML page: \"Down for maintenance — A&B\"", typeof(ApiServerException) },
        { "gemini-wrong-key", "invalid_api_key", null, null, "API key not valid.", typeof(ApiAuthenticationException) },
        { "gemini-limit", "rate_limit_exceeded", null, 11.666, "You exceeded your current quota", typeof(ApiLimitException) },
        { "gemini-string-in-message", "rate_limit_exceeded", null, 36.712, "You exceeded your current quota.", typeof(ApiLimitException) },
        { "cerebras-limit", "rate_limit_exceeded", "quota", null, "Requests per minute limit exceeded", typeof(ApiLimitException) },
        { "moonshot-limit", "rate_limit_exceeded", null, 1, "Your account request reached", typeof(ApiLimitException) },
        { "moonshot-overloaded", "service_unavailable", null, null, "The engine is currently overloaded", typeof(ApiServerException) },
        { "newapi-quota", "insufficient_quota", null, null, "user quota is not enough", typeof(ApiLimitException) },
        { "github-models-tokens", "context_length_exceeded", null, null, "Request body too large", typeof(ApiRequestException) },
        { "github-models-limit", "rate_limit_exceeded", null, 4521, "Rate limit of 50 per 86400s", typeof(ApiLimitException) },
        { "deepseek-balance", "insufficient_quota", null, null, "Insufficient Balance", typeof(ApiLimitException) },
        { "xai-wrong-key", "invalid_api_key", null, null, "Incorrect API key provided", typeof(ApiAuthenticationException) },
        { "anthropic-overloaded", "service_unavailable", null, null, "Overloaded", typeof(ApiServerException) },
        { "huggingface-loading", "service_unavailable", null, 20.5, "Model x is currently loading", typeof(ApiServerException) },
        { "spring", "http_404", null, null, "No static resource v1/chat.", typeof(ApiNotFoundException) },
        { "problem-details", "invalid_value", null, null, "messages must not be empty", typeof(ApiRequestException) },
        { "validation-problem", "invalid_value", "temperature", null, "The field temperature must be", typeof(ApiRequestException) },
        { "aws", "rate_limit_exceeded", null, null, "Too many requests, please wait", typeof(ApiLimitException) },
        { "code-none", "invalid_value", null, null, "bad", typeof(ApiRequestException) },
        { "message-list", "invalid_value", null, null, "first; second", typeof(ApiRequestException) },
        { "message-object", "missing_required_field", null, null, "inner words", typeof(ApiRequestException) },
        { "error-list", "invalid_value", "n", null, "the first", typeof(ApiRequestException) },
        { "json-in-string", "expired_api_key", null, null, "Key expired", typeof(ApiAuthenticationException) },
        { "plain-text", "service_unavailable", null, null, "upstream connect error", typeof(ApiServerException) },
        { "empty", "service_unavailable", null, 7, "The service answered 503 (Service temporarily unavailable) and gave no reason", typeof(ApiServerException) },
        { "empty-unknown-status", "http_418", null, null, "The service answered 418 and gave no reason", typeof(ApiRequestException) },
        { "half-json", "rate_limit_exceeded", null, 20, "Rate limit reached.", typeof(ApiLimitException) },
        { "invalid-utf8", "invalid_value", "p", null, "caf\ufffd \ufffd", typeof(ApiRequestException) },
        { "half-surrogate", "invalid_value", null, null, "cut \\ud83d here", typeof(ApiRequestException) },
        { "control-sequences", "a_b_31m_c", null, null, "\u241b[2Jgone", typeof(ApiRequestException) },
        { "local-code", "http_404", null, null, "no such file", typeof(ApiNotFoundException) },
        { "quoted-wait", "invalid_value", null, null, "Invalid prompt:", typeof(ApiRequestException) },
    };

    private static string[] Index { get; } =
    [
        .. Fixtures.Text("Errors/INDEX.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'),
    ];

    [Theory]
    [MemberData(nameof(Expected))]
    public void An_answer_becomes_the_typed_error_that_it_means(
        string fixture, string code, string? param, double? wait, string message, Type exceptionType)
    {
        ApiException error = ApiExceptionFactory.Create(Read(fixture));

        Assert.Equal((code, param, wait), (error.Code, error.Param, error.RetryAfter?.Seconds()));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.IsType(exceptionType, error);
    }

    [Fact]
    public void Each_fixture_is_in_the_index_with_where_it_was_seen_and_in_the_table()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Fixtures.Folder, "Errors"), "*.http").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(files, Index.Select(line => line.Split(' ', 2)[0]).Order(StringComparer.Ordinal));
        Assert.Equal(files, Expected.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        Assert.All(Index, line => Assert.NotEmpty(line.Split(' ', 2)[1].Trim()));
    }

    [Theory]
    [InlineData("openai-larger-than-limit")]
    [InlineData("groq-larger-than-limit")]
    public void A_request_larger_than_the_limit_itself_is_never_retried(string fixture) =>
        Assert.Equal((true, RetryAdvice.Never), (Read(fixture).WaitIsOfNoUse, ApiExceptionFactory.Create(Read(fixture)).Retry));

    [Theory]
    [InlineData("openai-wait-for-days")]
    [InlineData("gemini-limit")]
    [InlineData("cerebras-limit")]
    public void A_limit_that_passes_is_no_spent_quota_whatever_its_words(string fixture) =>
        Assert.Equal((false, RetryAdvice.Backoff), (Read(fixture).WaitIsOfNoUse, ApiExceptionFactory.Create(Read(fixture)).Retry));

    [Theory]
    [InlineData("page", "req_page")]
    [InlineData("azure-content-filter", "5d1c")]
    [InlineData("aws", "7c7e")]
    [InlineData("anthropic-overloaded", "req_011")]
    public void The_request_id_is_found_wherever_it_stands(string fixture, string id) => Assert.Equal(id, Read(fixture).RequestId);

    [Fact]
    public void Cloudflares_name_for_the_request_is_kept_apart_from_the_services() =>
        Assert.Equal((null, "8a1b2c3d4e5f-FRA"), (Read("cloudflare-bad-gateway").RequestId, Read("cloudflare-bad-gateway").RayId));

    [Fact]
    public void A_filtered_answer_says_which_filter_and_how_severe() =>
        Assert.EndsWith(" Filtered: violence (medium).", Read("azure-content-filter").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(4097, 4256, 2256, 2000, "4256 tokens for a window of 4097, 159 over")]
    [InlineData(4096, null, 5000, null, "5000 tokens for a window of 4096, 904 over")]
    [InlineData(8000, null, null, null, "Too many tokens for a window of 8000")]
    [InlineData(null, 9000, null, null, "9000 tokens")]
    public void The_numbers_of_a_context_length_are_a_line(int? maximum, int? requested, int? messages, int? completion, string expected)
    {
        Assert.Equal(expected, new ContextLength(maximum, requested, messages, completion).ToString());
    }

    [Fact]
    public void The_numbers_of_a_context_length_error_are_kept()
    {
        Assert.Equal(new ContextLength(4097, 4256, 2256, 2000), Read("openai-context").Context);
        Assert.Equal(new ContextLength(4096, null, 5000, null), Read("vllm-context").Context);
        Assert.Equal(new ContextLength(8192, null, 14429, null), Read("llamacpp-context").Context);
        Assert.Equal(new ContextLength(8000, null, null, null), Read("github-models-tokens").Context);
        Assert.Null(Read("openai-quota").Context);
    }

    [Fact]
    public void What_the_service_said_for_a_code_is_kept_word_for_word()
    {
        Assert.Equal("model_not_found", Read("openai-model-not-found").ServiceCode);
        Assert.Equal("429", Read("azure-number-as-code").ServiceCode);
        Assert.Equal("Client specified an invalid argument", Read("xai-wrong-key").ServiceCode);
        Assert.Equal("a b\u001b[31m\nc", Read("control-sequences").ServiceCode);
        Assert.Null(Read("ollama").ServiceCode);
    }

    [Fact]
    public void An_error_under_200_has_the_status_that_it_names() =>
        Assert.Equal((502, 400), (Read("openrouter-in-stream").Status, Read("llamacpp-context-under-200").Status));

    [Fact]
    public void The_body_is_kept_without_its_key()
    {
        string raw = Read("openai-wrong-key").RawBody!;

        Assert.DoesNotContain("abcdefghij", raw, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid_api_key\"", raw, StringComparison.Ordinal);
    }

    private static ApiFailure Read(string fixture)
    {
        HttpText answer = HttpText.Load(fixture);
        return ApiErrorReader.Read(answer.Status, answer.Body, answer.ContentType, answer.Headers, Time);
    }
}
