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
    public const string CheckConnection = "Connect-ApiService -BaseUri (Get-ApiConnection).BaseUri -Test";
    public const string ListModels = "Get-ApiModel";
    private const string CheckRequest = "$Error[0] | Test-ApiRequest";
    public const string SendAgain = "Invoke-ApiChat -Request $Error[0].Exception.Request";

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

    /// <summary>The twelve codes of the page, in its order and its words.</summary>
    public static IReadOnlyList<ErrorCodeInfo> Documented { get; } =
    [
        // Authentication Errors (401)
        Page<ApiAuthenticationException>("invalid_api_key", 401, "AuthenticationError", RetryAdvice.Never,
            "API Key invalid", "Check Key correctness", CheckConnection),
        Page<ApiAuthenticationException>("expired_api_key", 401, "AuthenticationError", RetryAdvice.Never,
            "API Key expired", "Create new Key", CheckConnection),
        Page<ApiAuthenticationException>("revoked_api_key", 401, "AuthenticationError", RetryAdvice.Never,
            "API Key revoked", "Create new Key", CheckConnection),

        // Request Errors (400)
        Page<ApiRequestException>("missing_required_field", 400, "InvalidArgument", RetryAdvice.Never,
            "Missing required parameter", "Add missing parameter", CheckRequest),
        Page<ApiRequestException>("invalid_value", 400, "InvalidArgument", RetryAdvice.Never,
            "Parameter value invalid", "Check parameter format and range", CheckRequest),
        Page<ApiRequestException>("model_not_supported", 400, "ObjectNotFound", RetryAdvice.Never,
            "Unsupported model", "Use supported model ID", ListModels),
        Page<ApiRequestException>("context_length_exceeded", 400, "LimitsExceeded", RetryAdvice.Never,
            "Token limit exceeded", "Reduce messages or max_tokens", SendAgain + " -FitContext DropOldest"),

        // Limit Errors (429)
        Page<ApiLimitException>("rate_limit_exceeded", 429, "LimitsExceeded", RetryAdvice.Backoff,
            "Rate limit exceeded", "Lower request frequency, implement retry", SendAgain + " -MaximumRetryCount 5"),
        Page<ApiLimitException>("insufficient_quota", 429, "QuotaExceeded", RetryAdvice.Never,
            "Quota insufficient", "Recharge or wait for quota recovery", SendAgain),
        Page<ApiLimitException>("concurrent_limit_exceeded", 429, "ResourceBusy", RetryAdvice.FewerAtOnce,
            "Concurrent limit exceeded", "Control concurrent requests", SendAgain + " -ThrottleLimit 1"),

        // Server Errors (500/503)
        Page<ApiServerException>("internal_error", 500, "InvalidResult", RetryAdvice.Backoff,
            "Internal error", "Retry later", SendAgain + " -RetryIntervalSec 10"),
        Page<ApiServerException>("service_unavailable", 503, "ResourceUnavailable", RetryAdvice.BackoffThenFallback,
            "Service unavailable", "Wait for recovery, use fallback model", SendAgain + " -Model (Get-ApiModel)[-1].Id"),
    ];

    /// <summary>The two statuses of the page for which it has no code.</summary>
    public static IReadOnlyList<ErrorCodeInfo> WithoutCode { get; } = [Forbidden("http_403"), NotFound("http_404")];

    /// <summary>What goes wrong on this side of the connection.</summary>
    public static IReadOnlyList<ErrorCodeInfo> Local { get; } =
    [
        Code<ApiConnectionException>("no_connection", null, "ConnectionError", RetryAdvice.Never,
            "There is no connection to a service", "Connect to a service first", "Connect-ApiService"),
        Code<ApiConnectionException>("connection_failed", null, "ConnectionError", RetryAdvice.Backoff,
            "The service could not be reached", "Check the address, the network and the proxy", CheckConnection),
        Code<ApiTimeoutException>("timeout", null, "OperationTimeout", RetryAdvice.Backoff,
            "The service did not answer in time", "Try again, or allow more time", SendAgain + " -TimeoutSec 1200"),
        Code<ApiResponseException>("invalid_response", null, "InvalidData", RetryAdvice.Never,
            "The answer is not what the API documents", "Check that the address is that of an OpenAI-compatible API", CheckConnection),
        Code<ApiResponseException>("stream_interrupted", null, "InvalidData", RetryAdvice.Backoff,
            "The stream broke off before its end", "Try again", SendAgain),
        Code<ApiResponseException>("response_too_large", null, "LimitsExceeded", RetryAdvice.Never,
            "The answer is larger than ApiTools reads", "Ask for less, with max_tokens", SendAgain + " -MaxTokens 4096"),
        Code<ApiResponseException>("schema_mismatch", null, "InvalidData", RetryAdvice.Never,
            "The answer does not match the schema that it was asked to match", "Ask once more, and tell the model what was wrong", SendAgain + " -Schema $Error[0].Exception.Schema -RetryInvalid"),
        Code<ApiResponseException>("answer_cut", null, "LimitsExceeded", RetryAdvice.Never,
            "The answer was cut off before its JSON was whole", "Allow it more tokens, or ask for less", SendAgain + " -Schema $Error[0].Exception.Schema -MaxTokens 4096"),
        Code<ApiResponseException>("answer_refused", null, "PermissionDenied", RetryAdvice.Never,
            "The model will not answer, or its answer was held back", "Ask in another way, or ask another model", ListModels),
        Code<ApiCancelledException>("cancelled", null, "OperationStopped", RetryAdvice.Never,
            "The call was cancelled", "Try again", SendAgain),
        Code<ApiFileException>("file_not_found", null, "ObjectNotFound", RetryAdvice.Never,
            "There is no such file", "Check the path", "Get-ChildItem"),
        Code<ApiFileException>("file_unreadable", null, "ReadError", RetryAdvice.Never,
            "The file cannot be read as text", "Give a text file that may be read", "Get-ChildItem"),
        Code<ApiFileException>("file_unwritable", null, "WriteError", RetryAdvice.Never,
            "The file cannot be replaced", "Make the file and its folder writable, and make room on the disk", "Get-ChildItem"),
        Code<ApiFileException>("file_changed", null, "ResourceBusy", RetryAdvice.Never,
            "The file was changed while it was repaired", "Run the same command again", "Repair-ApiRequest -Path *.json -InPlace"),
        Code<ApiFileException>("journal_damaged", null, "InvalidData", RetryAdvice.Never,
            "A line in the middle of the journal is damaged", "Mend the line, or take it out: its input is then sent again", "Get-ApiJournal"),
        Code<ApiFileException>("journal_in_use", null, "ResourceBusy", RetryAdvice.Never,
            "Another command writes to the journal", "Let it end first, or use another journal", "Get-ApiJournal -Summary"),
        Code<ApiFileException>("journal_unwritable", null, "WriteError", RetryAdvice.Never,
            "The journal cannot be written", "Make room on the disk, or use another folder, and run the same command again", "Get-PSDrive -PSProvider FileSystem"),
        Code<ApiFileException>("log_unwritable", null, "WriteError", RetryAdvice.Never,
            "The log cannot be written", "Name a file in a folder that may be written, and make room on the disk", "Get-PSDrive -PSProvider FileSystem"),
        Code<ApiFileException>("not_a_log", null, "InvalidData", RetryAdvice.Never,
            "The file is no log of ApiTools, and stays as it is", "Name a log, or a file that does not exist yet", "Get-ChildItem"),
        Code<ApiFileException>("not_a_journal", null, "InvalidData", RetryAdvice.Never,
            "The file is no journal, and stays as it is", "Name a journal, or a file that does not exist yet", "Get-ChildItem"),
        Code<ApiFileException>("file_exists", null, "ResourceExists", RetryAdvice.Never,
            "There is such a file already, and -NoClobber says to leave it", "Use another name, or leave out -NoClobber", "Get-ChildItem"),
        Code<ApiFileException>("session_damaged", null, "InvalidData", RetryAdvice.Never,
            "The session file is damaged", "Mend the place that the error names", "Test-ApiRequest -Path *.json"),
        Code<ApiFileException>("not_a_session", null, "InvalidData", RetryAdvice.Never,
            "The file is no session", "Name a file that Export-ApiChatSession wrote, or one with a list of messages", "Get-ChildItem"),
        Code<ApiSessionException>("session_in_use", null, "ResourceBusy", RetryAdvice.Never,
            "A call over the session is under way, and a session takes one at a time", "Let it end first, or branch the session", "$branch = $session.Clone()"),
        Code<ApiToolException>("tool_not_confirmed", null, "PermissionDenied", RetryAdvice.Never,
            "A tool that the model calls was not run, because the host cannot ask", "Run it where a person can be asked, or give -Force to run tools without asking", "Invoke-ApiChat 'What day is it?' -Tool Get-Date -InvokeTool -Force"),
        Code<ApiSimulatorException>("simulator_running", null, "ResourceExists", RetryAdvice.Never,
            "A simulator runs already in this process", "Use it, or stop it first", "Stop-ApiSimulator"),
        Code<ApiSimulatorException>("simulator_not_running", null, "ObjectNotFound", RetryAdvice.Never,
            "No simulator runs in this process", "Start one", "Start-ApiSimulator"),
        Code<ApiSimulatorException>("port_in_use", null, "ResourceBusy", RetryAdvice.Never,
            "The port cannot be listened on", "Use another port, or none for a free one", "Start-ApiSimulator"),
    ];

    /// <summary>Every code: the page's, its statuses without a code, and those of this side of the connection.</summary>
    public static IReadOnlyList<ErrorCodeInfo> All { get; } = [.. Documented, .. WithoutCode, .. Local];

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
        // Not the service: a proxy before it.
        407 => "connection_failed",
        429 => "rate_limit_exceeded",
        500 => "internal_error",
        502 or 503 or 504 or 529 => "service_unavailable",
        _ => "http_" + status.ToString(CultureInfo.InvariantCulture),
    };

    private static ErrorCodeInfo ByStatus(string code, int? status) => status switch
    {
        401 => Like("invalid_api_key"),
        403 => Forbidden(code),
        404 => NotFound(code),
        // RFC 9110 15.5.9 (408), 15.5.10 (409), RFC 8470 5.2 (425): the same request may succeed later.
        408 or 409 or 425 => Code<ApiRequestException>(code, status, "InvalidArgument", RetryAdvice.Backoff,
            "Request parameter error", "Retry later", SendAgain),
        429 => Like("rate_limit_exceeded"),
        502 or 503 or 504 or 529 => Like("service_unavailable"),
        >= 500 => Like("internal_error"),
        >= 400 => Like("invalid_value"),
        >= 300 => Code<ApiResponseException>(code, status, "InvalidData", RetryAdvice.Never,
            "The service sends callers to another address", "Connect to that address", "Connect-ApiService"),
        _ => Like("invalid_response"),
    };

    private static ErrorCodeInfo Forbidden(string code) => Code<ApiPermissionException>(code, 403, "PermissionDenied", RetryAdvice.Never,
        "Permission denied", "Ask the provider what this key may do, or use another model", ListModels);

    private static ErrorCodeInfo NotFound(string code) => Code<ApiNotFoundException>(code, 404, "ObjectNotFound", RetryAdvice.Never,
        "Resource not found", "Check the base address and the model", CheckConnection);

    private static ErrorCodeInfo Like(string code) => ByCode[code];

    private static ErrorCodeInfo Page<TException>(
        string code, int status, string category, RetryAdvice retry, string description, string solution, string nextCommand)
        where TException : ApiException =>
        new(code, status, category, description, solution, retry, typeof(TException), nextCommand) { IsDocumented = true };

    private static ErrorCodeInfo Code<TException>(
        string code, int? status, string category, RetryAdvice retry, string description, string solution, string nextCommand)
        where TException : ApiException =>
        new(code, status, category, description, solution, retry, typeof(TException), nextCommand);
}
