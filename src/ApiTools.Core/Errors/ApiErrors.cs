namespace ApiTools.Errors;

/// <summary>The failures of this side of the connection, one named factory each: what is wrong, where, and what to do.</summary>
internal static class ApiErrors
{
    /// <summary>A value that a person gave cannot be used; <paramref name="param"/> names it.</summary>
    public static ApiException InvalidValue(string param, string message, string? nextCommand = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_value", Param = param, Message = message, NextCommand = nextCommand });

    /// <summary>Something that is needed was not given; <paramref name="param"/> names it.</summary>
    public static ApiException MissingField(string param, string message, string? nextCommand = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "missing_required_field", Param = param, Message = message, NextCommand = nextCommand });

    public static ApiException FileNotFound(string path) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_not_found", Message = $"There is no file '{path}'." });

    public static ApiException FileUnreadable(string path, string why, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "file_unreadable", Message = $"The file '{path}' cannot be read: {why}" }, cause);

    public static ApiException NoConnection(string message, string nextCommand) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "no_connection", Message = message, NextCommand = nextCommand });

    /// <summary>The service was not reached, or the connection broke.</summary>
    /// <param name="message">What happened, at which host.</param>
    /// <param name="canPass">Whether trying again can help.</param>
    /// <param name="cause">The exception below.</param>
    public static ApiException ConnectionFailed(string message, bool canPass, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "connection_failed", Message = message, WaitIsOfNoUse = !canPass }, cause);

    public static ApiException TimedOut(string message, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "timeout", Message = message }, cause);

    public static ApiException InvalidResponse(string message, string? rawBody = null, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_response", Message = message, RawBody = rawBody }, cause);

    public static ApiException StreamInterrupted(string message, Exception? cause = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "stream_interrupted", Message = message }, cause);

    public static ApiException ResponseTooLarge(string host, long maximumBytes) =>
        ApiExceptionFactory.Create(
            new ApiFailure { Code = "response_too_large", Message = $"The answer of '{host}' is larger than {maximumBytes / (1024 * 1024)} MB, the most that is read." });

    /// <summary>An event of a stream is larger than is read: what is at the other end does not stream chat.</summary>
    public static ApiException EventTooLarge(int maximumLength) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_response", Message = $"An event of the stream is larger than the {maximumLength} bytes that ApiTools reads." });
}
