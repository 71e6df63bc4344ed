namespace ApiTools.Errors;

/// <summary>What an error body says, whatever its shape; what comes first stands. All of it untrusted.</summary>
internal sealed class ErrorFacts
{
    private string? _message;
    private string? _code;
    private string? _type;
    private string? _param;

    /// <summary>What happened, in words.</summary>
    public string? Message { get => _message; set => _message ??= Worth(value); }

    /// <summary>What stands in the place of a code, verbatim.</summary>
    public string? Code { get => _code; set => _code ??= Worth(value); }

    public string? Type { get => _type; set => _type ??= NotNone(value); }

    /// <summary>The part of the request that is at fault.</summary>
    public string? Param { get => _param; set => _param ??= NotNone(value); }

    /// <summary>A reason beside the code (Google's <c>details[].reason</c>), which may be the more exact of the two.</summary>
    public string? Reason { get; set; }

    /// <summary>The status that the body names, where that is one of an error.</summary>
    public int? Status { get; set; }

    public string? RequestId { get; set; }

    /// <summary>The content filters that were met, with how severe.</summary>
    public string? Filters { get; set; }

    /// <summary>How long to wait, as the body has it: <c>39s</c>, <c>20.0</c>, a point in time.</summary>
    public string? Wait { get; set; }

    public ContextLength? Context { get; set; }

    // Python's None, written as text.
    private static string? NotNone(string? value) => value is "None" or "null" ? null : Worth(value);

    private static string? Worth(string? value) => string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
}
