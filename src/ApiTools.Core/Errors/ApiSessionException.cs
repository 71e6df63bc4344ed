using ApiTools.Errors;

namespace ApiTools;

/// <summary>A session cannot do what was asked: a call over it is under way.</summary>
public sealed class ApiSessionException : ApiException
{
    internal ApiSessionException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
