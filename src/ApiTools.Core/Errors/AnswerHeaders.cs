namespace ApiTools.Errors;

/// <summary>The headers of an answer, by name in any case (RFC 9110, 5.1); the first value counts where one stands twice.</summary>
internal sealed class AnswerHeaders
{
    private static readonly string[] RequestIdHeaders =
    [
        "x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "x-amzn-requestid", "x-amz-request-id", "x-goog-request-id",
        "x-generation-id", "x-correlation-id", "x-trace-id", "cf-ray",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public AnswerHeaders(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        foreach (KeyValuePair<string, string> header in headers ?? [])
        {
            if (!_values.ContainsKey(header.Key) && header.Value?.Trim() is { Length: > 0 } value)
            {
                _values.Add(header.Key, value);
            }
        }
    }

    /// <summary>The value of that header; null where there is none or it is blank.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The service's name for the request, in whichever spelling; null where it gives none.</summary>
    public string? RequestId => FirstOf(RequestIdHeaders);

    /// <summary>The value of the first of these headers that there is.</summary>
    private string? FirstOf(IEnumerable<string> names) => names.Select(name => this[name]).FirstOrDefault(value => value is not null);
}
