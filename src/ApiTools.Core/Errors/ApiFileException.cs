using ApiTools.Errors;

namespace ApiTools;

/// <summary>A file cannot be read: it is not there, is a folder, or is not text.</summary>
public sealed class ApiFileException : ApiException
{
    internal ApiFileException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
