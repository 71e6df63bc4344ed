using System.Collections.Concurrent;

namespace ApiTools.Http;

/// <summary>
/// What a service's models call the most tokens of an answer: <c>max_tokens</c>, as the page does, or <c>max_completion_tokens</c>, which OpenAI's later
/// models alone take. Learned from refusals, by model; from any thread.
/// </summary>
internal sealed class MaxTokensNames
{
    public const string Old = "max_tokens";

    public const string New = "max_completion_tokens";

    // A model's name comes from the caller: what is remembered has a bound.
    private const int Maximum = 256;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name that the model takes; null where no refusal told.</summary>
    public string? Find(string? model) => _names.IsEmpty ? null : _names.TryGetValue(model ?? string.Empty, out string? name) ? name : null;

    /// <summary>Remembers it.</summary>
    public void Learn(string? model, string name)
    {
        if (_names.Count < Maximum || _names.ContainsKey(model ?? string.Empty))
        {
            _names[model ?? string.Empty] = name;
        }
    }

    /// <summary>Forgets it: the model takes neither.</summary>
    public void Forget(string? model) => _names.TryRemove(model ?? string.Empty, out _);
}
