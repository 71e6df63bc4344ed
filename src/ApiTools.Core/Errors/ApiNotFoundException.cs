using ApiTools.Errors;

namespace ApiTools;

/// <summary>There is nothing at this address, or by this name (404).</summary>
public sealed class ApiNotFoundException : ApiException
{
    internal ApiNotFoundException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
