using ApiTools.Errors;

namespace ApiTools;

/// <summary>The call was cancelled.</summary>
public sealed class ApiCancelledException : ApiException
{
    internal ApiCancelledException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
