using ApiTools.Errors;

namespace ApiTools;

/// <summary>There is no connection: none was made, or the service could not be reached.</summary>
public sealed class ApiConnectionException : ApiException
{
    internal ApiConnectionException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
