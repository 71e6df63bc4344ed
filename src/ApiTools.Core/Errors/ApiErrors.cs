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

    public static ApiException SimulatorRunning(Uri baseUri) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "simulator_running", Message = $"A simulator runs already in this process, at {baseUri}." });

    public static ApiException SimulatorNotRunning() =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "simulator_not_running", Message = "No simulator runs in this process." });

    /// <summary>The simulator cannot listen on a port; <paramref name="cause"/> is what the system says.</summary>
    public static ApiException PortInUse(int port, Exception cause) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = "port_in_use", Message = FormattableString.Invariant($"The simulator cannot listen on port {port}: {cause.Message}") }, cause);
}
