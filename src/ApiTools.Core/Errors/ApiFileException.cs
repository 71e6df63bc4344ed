using ApiTools.Errors;

namespace ApiTools;

/// <summary>A file cannot be used: it is not there, is a folder, is not text; a journal is damaged, in use, or cannot be written.</summary>
public sealed class ApiFileException : ApiException
{
    internal ApiFileException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
