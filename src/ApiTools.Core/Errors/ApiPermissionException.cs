using ApiTools.Errors;

namespace ApiTools;

/// <summary>The key is good, but may not do this (403).</summary>
public sealed class ApiPermissionException : ApiException
{
    internal ApiPermissionException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
