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

    /// <summary>An event of a stream is larger than is read: what is at the other end does not stream chat.</summary>
    public static ApiException EventTooLarge(int maximumLength) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "invalid_response", Message = $"An event of the stream is larger than the {maximumLength} bytes that ApiTools reads." });
}
