namespace ApiTools.Errors;

/// <summary>What an error body says, whatever its shape; what comes first stands. All of it untrusted.</summary>
internal sealed class ErrorFacts
{
    private string? _message;
    private string? _code;
    private string? _type;
    private string? _param;
    private string? _requestId;

    /// <summary>The body; null where it is no JSON.</summary>
    public ErrorNode? Root { get; set; }

    /// <summary>The forms that were met, the outermost and those within.</summary>
    public ErrorForms Forms { get; set; }

    /// <summary>What happened, in words.</summary>
    public string? Message { get => _message; set => _message ??= Worth(value); }

    /// <summary>What the provider behind a gateway said, where the message names the provider before it.</summary>
    public string? Upstream { get; set; }

    /// <summary>What a gateway wrote before the error that it passes on (<see cref="ErrorWrappers"/>).</summary>
    public string? Wrapper { get; set; }

    /// <summary>What stands in the place of a code, verbatim.</summary>
    public string? Code { get => _code; set => _code ??= Worth(value); }

    public string? Type { get => _type; set => _type ??= NotNone(value); }

    /// <summary>The part of the request that is at fault.</summary>
    public string? Param { get => _param; set => _param ??= NotNone(value); }

    /// <summary>A reason beside the code (Google's <c>details[].reason</c>), which may be the more exact of the two.</summary>
    public string? Reason { get; set; }

    /// <summary>The status that the body names, where that is one of an error.</summary>
    public int? Status { get; set; }

    public string? RequestId { get => _requestId; set => _requestId = Worth(value); }

    /// <summary>The content filters that were met, with how severe.</summary>
    public string? Filters { get; set; }

    /// <summary>How long to wait, as the body has it: <c>39s</c>, <c>20.0</c>, a point in time.</summary>
    public string? Wait { get; set; }

    public ContextLength? Context { get; set; }

    public ApiLimitDetail? Limit { get; set; }

    // Python's None, written as text.
    private static string? NotNone(string? value) => value is "None" or "null" ? null : Worth(value);

    private static string? Worth(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }
        bool isTrimmed = !char.IsWhiteSpace(value![0]) && !char.IsWhiteSpace(value[value.Length - 1]);
        return isTrimmed ? value : value.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }
}
