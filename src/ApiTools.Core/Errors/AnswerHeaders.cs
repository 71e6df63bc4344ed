namespace ApiTools.Errors;

/// <summary>The headers of an answer, by name in any case (RFC 9110, 5.1); the first value counts where one stands twice.</summary>
internal sealed class AnswerHeaders
{
    private static readonly string[] RequestIdHeaders =
    [
        "x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "x-amzn-requestid", "x-amz-request-id", "x-goog-request-id",
        "x-generation-id", "x-correlation-id", "x-trace-id", "x-litellm-call-id", "x-kong-request-id", "x-server-request-id", "x-cloud-trace-context",
    ];

    private readonly Func<string, string?> _find;

    public AnswerHeaders(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in headers ?? [])
        {
            if (!values.ContainsKey(header.Key) && Worth(header.Value) is string value)
            {
                values.Add(header.Key, value);
            }
        }
        _find = name => values.TryGetValue(name, out string? value) ? value : null;
        IsEmpty = values.Count == 0;
    }

    /// <summary>A view of headers that are kept elsewhere.</summary>
    /// <param name="find">The value of a header, whose name is given in any case; null where there is none.</param>
    public AnswerHeaders(Func<string, string?> find) => _find = name => Worth(find(name));

    /// <summary>True where it is known that there is none.</summary>
    public bool IsEmpty { get; }

    /// <summary>The value of that header; null where there is none or it is blank.</summary>
    public string? this[string name] => _find(name);

    /// <summary>The service's name for the request, in whichever spelling; null where it gives none.</summary>
    public string? RequestId => IsEmpty ? null : FirstOf(RequestIdHeaders);

    /// <summary>Cloudflare's name for the request (<c>CF-RAY</c>), which is its own and not the service's; null where it gives none.</summary>
    public string? RayId => this["cf-ray"];

    /// <summary>The value of the first of these headers that there is.</summary>
    private string? FirstOf(string[] names)
    {
        foreach (string name in names)
        {
            if (this[name] is string value)
            {
                return value;
            }
        }
        return null;
    }

    private static string? Worth(string? value) => value?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
