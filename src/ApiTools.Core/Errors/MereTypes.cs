namespace ApiTools.Errors;

/// <summary>
/// What says no more than the status does, in the place of a code or a type: a class of errors, a status in words, the name of an exception.
/// </summary>
internal static class MereTypes
{
    // The number is the status that it stands for, for an error that comes under another one (an error in a stream that began with 200).
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.OrdinalIgnoreCase)
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
        ["InternalServerException"] = 500,
        ["overloaded_error"] = 529,
        ["UNAVAILABLE"] = 503,
        ["ServiceUnavailableException"] = 503,
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
        ["ValidationException"] = 400,
        ["authentication_error"] = 401,
        ["AuthenticationError"] = 401,
        ["invalid_authentication_error"] = 401,
        ["Unauthorized"] = 401,
        ["UNAUTHENTICATED"] = 401,
        ["auth_error"] = 401,
        ["billing_error"] = 402,
        ["permission_error"] = 403,
        ["permission_denied"] = 403,
        ["permission-denied"] = 403,
        ["PermissionDenied"] = 403,
        ["AccessDeniedException"] = 403,
        ["The caller does not have permission to execute the specified operation"] = 403,
        ["Forbidden"] = 403,
        ["PRECONDITION_FAILED"] = 412,
        ["provider_response_error"] = 0,
        ["limitation"] = 429,
        ["not_found_error"] = 404,
        ["not_found"] = 404,
        ["ResourceNotFoundException"] = 404,
        ["NotFound"] = 404,
        ["NotFoundError"] = 404,
        ["Not Found"] = 404,
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => Statuses.Keys;

    /// <summary>True for what stands in the place of a code and is none: nothing, a number, the word None, a mere type.</summary>
    public static bool IsNoCode(string? code) =>
        string.IsNullOrWhiteSpace(code) || IsNumber(code!) || Statuses.ContainsKey(code!)
        || string.Equals(code, "None", StringComparison.OrdinalIgnoreCase) || string.Equals(code, "null", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status that a mere type stands for; null for any other.</summary>
    public static int? StatusOf(string? type) => type is not null && Statuses.TryGetValue(type, out int status) && status > 0 ? status : null;

    private static bool IsNumber(string code)
    {
        foreach (char c in code)
        {
            if (!Digits.Is(c) && c is not ('-' or '.'))
            {
                return false;
            }
        }
        return true;
    }
}
