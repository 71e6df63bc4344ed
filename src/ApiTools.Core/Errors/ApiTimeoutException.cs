using ApiTools.Errors;

namespace ApiTools;

/// <summary>The service did not answer, or not go on, in time.</summary>
public sealed class ApiTimeoutException : ApiException
{
    internal ApiTimeoutException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
