using ApiTools.Errors;

namespace ApiTools;

/// <summary>A limit is met: rate, concurrency or quota (429).</summary>
public sealed class ApiLimitException : ApiException
{
    internal ApiLimitException(ApiFailure failure, ErrorCodeInfo info, Exception? innerException)
        : base(failure, info, innerException) => Limit = failure.Limit;

    /// <summary>The limit's own numbers, as far as the service says them; null where it says none.</summary>
    public ApiLimitDetail? Limit { get; }
}
