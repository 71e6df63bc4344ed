using ApiTools.Errors;

namespace ApiTools;

/// <summary>The service failed or is unavailable (5xx).</summary>
public sealed class ApiServerException : ApiException
{
    internal ApiServerException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
