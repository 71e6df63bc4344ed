using ApiTools.Errors;

namespace ApiTools;

/// <summary>The request is at fault (400 and other 4xx), as the service says or as the check before sending found.</summary>
public sealed class ApiRequestException : ApiException
{
    internal ApiRequestException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }

    /// <summary>The numbers of a request that is too long for its model, as far as the service says them; null for any other.</summary>
    public ContextLength? ContextLength => Context;
}
