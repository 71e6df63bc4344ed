namespace ApiTools.Errors;

/// <summary>The headers of an answer, by name in any case (RFC 9110, 5.1); the first value counts where one stands twice.</summary>
internal sealed class AnswerHeaders
{
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

    /// <summary>The value of the first of these headers that there is.</summary>
    public string? FirstOf(IEnumerable<string> names) => names.Select(name => this[name]).FirstOrDefault(value => value is not null);
}
