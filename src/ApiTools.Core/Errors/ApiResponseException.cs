using ApiTools.Errors;

namespace ApiTools;

/// <summary>The answer cannot be used: it broke off, is not what the API documents, or is too large.</summary>
public sealed class ApiResponseException : ApiException
{
    /// <summary>The ChatCompletion of an answer that came, was paid for, and does not match its schema; null where no whole answer came.</summary>
    public object? Completion { get; internal set; }

    /// <summary>Where, and in what, the answer does not match its schema.</summary>
    internal string? Mismatch { get; set; }

    internal ApiResponseException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException)
    {
    }
}
