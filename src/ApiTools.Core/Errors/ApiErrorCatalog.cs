using System.Globalization;

namespace ApiTools.Errors;

/// <summary>
/// The one place that knows a code. The twelve documented codes carry the page's description and solution word for word
/// (Errors and Debugging, "Common Error Codes"); a test compares them with the page's own text.
/// </summary>
internal static class ApiErrorCatalog
{
    // The commands read the last error, so that they work when they are pasted under it. An error that knows more
    // (the connection's address, the nearest model, how many tokens are too many) says it with its own values.
    private const string CheckConnection = "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test";
    private const string CheckRequest = "$Error[0] | Test-ApiRequest";
    private const string SendAgain = "Invoke-ApiChat -Request $Error[0].Exception.Request";

    /// <summary>The eight statuses of the page.</summary>
    public static IReadOnlyList<ApiStatusInfo> Statuses { get; } =
    [
        new(200, "Success"),
        new(400, "Request parameter error"),
        new(401, "Authentication failed"),
        new(403, "Permission denied"),
        new(404, "Resource not found"),
        new(429, "Rate limit exceeded"),
        new(500, "Internal server error"),
        new(503, "Service temporarily unavailable"),
    ];

    /// <summary>Every code: first the page's twelve in the page's order, then those of this side of the connection.</summary>
    public static IReadOnlyList<ErrorCodeInfo> All { get; } =
    [
        Code<ApiAuthenticationException>("invalid_api_key", 401, "AuthenticationError", "API Key invalid", "Check Key correctness", RetryAdvice.Never, CheckConnection),
        Code<ApiAuthenticationException>("expired_api_key", 401, "AuthenticationError", "API Key expired", "Create new Key", RetryAdvice.Never, CheckConnection),
        Code<ApiAuthenticationException>("revoked_api_key", 401, "AuthenticationError", "API Key revoked", "Create new Key", RetryAdvice.Never, CheckConnection),

        Code<ApiRequestException>("missing_required_field", 400, "InvalidArgument", "Missing required parameter", "Add missing parameter", RetryAdvice.Never, CheckRequest),
        Code<ApiRequestException>("invalid_value", 400, "InvalidArgument", "Parameter value invalid", "Check parameter format and range", RetryAdvice.Never, CheckRequest),
        Code<ApiRequestException>("model_not_supported", 400, "ObjectNotFound", "Unsupported model", "Use supported model ID", RetryAdvice.Never, "Get-ApiModel"),
        Code<ApiRequestException>("context_length_exceeded", 400, "LimitsExceeded", "Token limit exceeded", "Reduce messages or max_tokens", RetryAdvice.Never, "$Error[0] | Measure-ApiTokens"),

        Code<ApiLimitException>("rate_limit_exceeded", 429, "LimitsExceeded", "Rate limit exceeded", "Lower request frequency, implement retry", RetryAdvice.Backoff, SendAgain + " -MaximumRetryCount 5"),
        Code<ApiLimitException>("insufficient_quota", 429, "QuotaExceeded", "Quota insufficient", "Recharge or wait for quota recovery", RetryAdvice.Never, SendAgain),
        Code<ApiLimitException>("concurrent_limit_exceeded", 429, "ResourceBusy", "Concurrent limit exceeded", "Control concurrent requests", RetryAdvice.FewerAtOnce, SendAgain + " -ThrottleLimit 1"),

        Code<ApiServerException>("internal_error", 500, "InvalidResult", "Internal error", "Retry later", RetryAdvice.Backoff, SendAgain + " -RetryIntervalSec 10"),
        Code<ApiServerException>("service_unavailable", 503, "ResourceUnavailable", "Service unavailable", "Wait for recovery, use fallback model", RetryAdvice.BackoffThenFallback, SendAgain + " -Model (Get-ApiModel)[-1].Id"),

        Code<ApiConnectionException>("no_connection", null, "ConnectionError", "There is no connection to a service", "Connect to a service first", RetryAdvice.Never, "Connect-ApiService"),
        Code<ApiConnectionException>("connection_failed", null, "ConnectionError", "The service could not be reached", "Check the address, the network and the proxy", RetryAdvice.Backoff, CheckConnection),
        Code<ApiTimeoutException>("timeout", null, "OperationTimeout", "The service did not answer in time", "Try again, or allow more time", RetryAdvice.Backoff, SendAgain + " -TimeoutSec 1200"),
        Code<ApiResponseException>("invalid_response", null, "InvalidData", "The answer is not what the API documents", "Check that the address is that of an OpenAI-compatible API", RetryAdvice.Never, CheckConnection),
        Code<ApiResponseException>("stream_interrupted", null, "InvalidData", "The stream broke off before its end", "Try again", RetryAdvice.Backoff, SendAgain),
        Code<ApiResponseException>("response_too_large", null, "LimitsExceeded", "The answer is larger than ApiTools reads", "Ask for less, with max_tokens", RetryAdvice.Never, SendAgain + " -MaxTokens 4096"),
        Code<ApiCancelledException>("cancelled", null, "OperationStopped", "The call was cancelled", "Try again", RetryAdvice.Never, SendAgain),
        Code<ApiFileException>("file_not_found", null, "ObjectNotFound", "There is no such file", "Check the path", RetryAdvice.Never, "Get-ChildItem"),
        Code<ApiFileException>("file_unreadable", null, "ReadError", "The file cannot be read as text", "Give a text file that may be read", RetryAdvice.Never, "Get-ChildItem"),
        Code<ApiSimulatorException>("simulator_running", null, "ResourceExists", "A simulator runs already in this process", "Use it, or stop it first", RetryAdvice.Never, "Stop-ApiSimulator"),
        Code<ApiSimulatorException>("simulator_not_running", null, "ObjectNotFound", "No simulator runs in this process", "Start one", RetryAdvice.Never, "Start-ApiSimulator"),
        Code<ApiSimulatorException>("port_in_use", null, "ResourceBusy", "The port cannot be listened on", "Use another port, or none for a free one", RetryAdvice.Never, "Start-ApiSimulator"),
    ];

    private static readonly Dictionary<string, ErrorCodeInfo> ByCode = All.ToDictionary(info => info.Code, StringComparer.Ordinal);

    /// <summary>What is known of a code; null for one that is not in the catalogue.</summary>
    public static ErrorCodeInfo? Find(string? code) => code is not null && ByCode.TryGetValue(code, out ErrorCodeInfo? info) ? info : null;

    /// <summary>
    /// How to file a failure: by its documented code, else by its status (401, 403, 404, other 4xx, 5xx). An unknown code keeps its own text.
    /// </summary>
    public static ErrorCodeInfo Classify(string code, int? status) => Find(code) ?? ByStatus(code, status);

    /// <summary>The page's code for a status whose error has none of its own; <c>http_(status)</c> where the page has none.</summary>
    public static string CodeForStatus(int status) => status switch
    {
        400 or 413 or 422 => "invalid_value",
        401 => "invalid_api_key",
        402 => "insufficient_quota",
        429 => "rate_limit_exceeded",
        500 => "internal_error",
        502 or 503 or 504 or 529 => "service_unavailable",
        _ => "http_" + status.ToString(CultureInfo.InvariantCulture),
    };

    private static ErrorCodeInfo ByStatus(string code, int? status) => status switch
    {
        401 => Like("invalid_api_key"),
        403 => Code<ApiPermissionException>(code, 403, "PermissionDenied", "Permission denied", "Ask the provider what this key may do, or use another model", RetryAdvice.Never, "Get-ApiModel"),
        404 => Code<ApiNotFoundException>(code, 404, "ObjectNotFound", "Resource not found", "Check the base address and the model", RetryAdvice.Never, CheckConnection),
        // RFC 9110 15.5.9 (408), 15.5.10 (409), RFC 8470 5.2 (425): the same request may succeed later.
        408 or 409 or 425 => Code<ApiRequestException>(code, status, "InvalidArgument", "Request parameter error", "Retry later", RetryAdvice.Backoff, SendAgain),
        429 => Like("rate_limit_exceeded"),
        502 or 503 or 504 or 529 => Like("service_unavailable"),
        >= 500 => Like("internal_error"),
        >= 400 => Like("invalid_value"),
        >= 300 => Code<ApiResponseException>(code, status, "InvalidData", "The service sends callers to another address", "Connect to that address", RetryAdvice.Never, "Connect-ApiService"),
        _ => Like("invalid_response"),
    };

    private static ErrorCodeInfo Like(string code) => ByCode[code];

    private static ErrorCodeInfo Code<TException>(
        string code, int? status, string category, string description, string solution, RetryAdvice retry, string nextCommand)
        where TException : ApiException =>
        new(code, status, category, description, solution, retry, typeof(TException), nextCommand);
}
