using ApiTools.Errors;

namespace ApiTools;

/// <summary>A tool that a model calls cannot be run.</summary>
public sealed class ApiToolException : ApiException
{
    internal ApiToolException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
