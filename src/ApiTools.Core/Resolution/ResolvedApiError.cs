using ApiTools.Errors;

namespace ApiTools;

/// <summary>The catalogue's answer to a failure, wherever that comes from: what it means, by what it was recognised, and what to do.</summary>
public sealed class ResolvedApiError : ErrorCodeInfo
{
    internal ResolvedApiError(ApiException exception, ErrorBasis basis, string source, string? dialect, string nextCommand)
        : base(
            ApiErrorCatalog.Classify(exception.Code, exception.Status), exception.Code, exception.Status, exception.Category, exception.GetType(), exception.Retry, nextCommand)
    {
        Exception = exception;
        Basis = basis;
        Source = source;
        Dialect = dialect;
    }

    /// <summary>What the service, or the system, said; untrusted.</summary>
    public string Message => Exception.Message;

    /// <summary>Whose form the answer has, such as <c>Anthropic</c>; null where that of nobody known.</summary>
    public string? Dialect { get; }

    /// <summary>By what it was recognised.</summary>
    public ErrorBasis Basis { get; }

    /// <summary>How sure that is.</summary>
    public ErrorConfidence Confidence => Basis switch
    {
        ErrorBasis.Code or ErrorBasis.Type or ErrorBasis.Exception => ErrorConfidence.High,
        ErrorBasis.Status => ErrorConfidence.Medium,
        _ => ErrorConfidence.Low,
    };

    /// <summary>What it was read from: an error record, saved HTTP text, a line of a log, a traceback.</summary>
    public string Source { get; }

    /// <summary>The code as the service wrote it; null where it gave none.</summary>
    public string? ServiceCode => Exception.ServiceCode;

    /// <summary>The <c>type</c> as the service wrote it.</summary>
    public string? Type => Exception.Type;

    /// <summary>The part of the request that is at fault.</summary>
    public string? Param => Exception.Param;

    /// <summary>The service's name for the request, which its support asks for.</summary>
    public string? RequestId => Exception.RequestId;

    /// <summary>Cloudflare's name for the request.</summary>
    public string? RayId => Exception.RayId;

    /// <summary>How long the service asked to wait, counted from its answer.</summary>
    public TimeSpan? RetryAfter => Exception.RetryAfter;

    /// <summary>The limit's own numbers; null for any other failure, and where the service says none.</summary>
    public ApiLimitDetail? Limit => (Exception as ApiLimitException)?.Limit;

    /// <summary>The numbers of a request that is too long; null for any other failure, and where the service says none.</summary>
    public ContextLength? ContextLength => Exception.Context;

    /// <summary>The host that was asked; null where nothing says it.</summary>
    public string? Host { get; internal init; }

    /// <summary>The model that was asked; null where nothing says it.</summary>
    public string? Model { get; internal init; }

    /// <summary>The failure as ApiTools' own exception, as <c>catch</c> would have met it.</summary>
    public ApiException Exception { get; }
}
