namespace ApiTools.Errors;

/// <summary>What is known of a failure before it becomes a typed exception. <see cref="ApiExceptionFactory"/> turns one into the other.</summary>
internal sealed record ApiFailure
{
    /// <summary>The code: documented, the service's own in reduced form, or <c>http_(status)</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, in words; untrusted where it comes from a service.</summary>
    public required string Message { get; init; }

    public int? Status { get; init; }

    /// <summary>What the service said for a code, verbatim.</summary>
    public string? ServiceCode { get; init; }

    public string? Type { get; init; }

    public string? Param { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Cloudflare's name for the request.</summary>
    public string? RayId { get; init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where no wait helps, though the code says that one would (a request larger than the limit itself).</summary>
    public bool WaitIsOfNoUse { get; init; }

    /// <summary>The numbers of a context length error; null for any other, and where the service says none.</summary>
    public ContextLength? Context { get; init; }

    /// <summary>The numbers of the limit that was met; null for any other, and where the service says none.</summary>
    public ApiLimitDetail? Limit { get; init; }

    /// <summary>The body as it came, redacted and bounded by whoever read it.</summary>
    public string? RawBody
    {
        get => Body?.Text;
        init => Body = value is null ? null : new KeptBody(value);
    }

    /// <summary>The same, which need not be a text yet.</summary>
    public KeptBody? Body { get; init; }

    /// <summary>The command to paste next, with the values at hand; null for the catalogue's.</summary>
    public string? NextCommand { get; init; }
}
