namespace ApiTools.Errors;

/// <summary>Makes the typed exception for a failure: a documented code decides the class, and only without one the status.</summary>
internal static class ApiExceptionFactory
{
    private delegate ApiException Maker(ApiFailure failure, ErrorCodeInfo info, Exception? innerException);

    private static readonly Dictionary<Type, Maker> Makers = new()
    {
        [typeof(ApiAuthenticationException)] = (f, i, e) => new ApiAuthenticationException(f, i, e),
        [typeof(ApiPermissionException)] = (f, i, e) => new ApiPermissionException(f, i, e),
        [typeof(ApiNotFoundException)] = (f, i, e) => new ApiNotFoundException(f, i, e),
        [typeof(ApiRequestException)] = (f, i, e) => new ApiRequestException(f, i, e),
        [typeof(ApiLimitException)] = (f, i, e) => new ApiLimitException(f, i, e),
        [typeof(ApiServerException)] = (f, i, e) => new ApiServerException(f, i, e),
        [typeof(ApiConnectionException)] = (f, i, e) => new ApiConnectionException(f, i, e),
        [typeof(ApiTimeoutException)] = (f, i, e) => new ApiTimeoutException(f, i, e),
        [typeof(ApiResponseException)] = (f, i, e) => new ApiResponseException(f, i, e),
        [typeof(ApiCancelledException)] = (f, i, e) => new ApiCancelledException(f, i, e),
        [typeof(ApiFileException)] = (f, i, e) => new ApiFileException(f, i, e),
        [typeof(ApiSessionException)] = (f, i, e) => new ApiSessionException(f, i, e),
        [typeof(ApiToolException)] = (f, i, e) => new ApiToolException(f, i, e),
        [typeof(ApiSimulatorException)] = (f, i, e) => new ApiSimulatorException(f, i, e),
    };

    /// <summary>The exception for a failure.</summary>
    public static ApiException Create(ApiFailure failure, Exception? innerException = null)
    {
        ErrorCodeInfo info = ApiErrorCatalog.Classify(failure.Code, failure.Status);
        return Makers[info.ExceptionClass](failure, info, innerException);
    }
}
