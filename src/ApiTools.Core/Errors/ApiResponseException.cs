using ApiTools.Errors;

namespace ApiTools;

/// <summary>The answer cannot be used: it broke off, is not what the API documents, or is too large.</summary>
public sealed class ApiResponseException : ApiException
{
    internal ApiResponseException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
