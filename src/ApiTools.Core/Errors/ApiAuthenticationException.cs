using ApiTools.Errors;

namespace ApiTools;

/// <summary>The key is invalid, expired or revoked (401).</summary>
public sealed class ApiAuthenticationException : ApiException
{
    internal ApiAuthenticationException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
