using System.Collections;
using ApiTools.Chat;
using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Reads -Property and -Header, the two hashtables for what a service added.</summary>
internal static class RequestProperties
{
    // What a parameter of its own sets, so that it is said once. max_tokens stays as given here: only -MaxTokens is renamed for a service.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["model"] = "Model",
        ["temperature"] = "Temperature",
        ["top_p"] = "TopP",
        ["max_tokens"] = "MaxTokens",
        ["max_completion_tokens"] = "MaxTokens",
        ["stop"] = "Stop",
        ["seed"] = "Seed",
        ["presence_penalty"] = "PresencePenalty",
        ["frequency_penalty"] = "FrequencyPenalty",
        ["reasoning_effort"] = "ReasoningEffort",
        ["tools"] = "Tool",
        ["tool_choice"] = "ToolChoice",
        ["response_format"] = "Schema",
    };

    /// <summary>True for a member of a request that a parameter of its own sets.</summary>
    public static bool HasParameter(string name) => Parameters.ContainsKey(name) || IsOfTheCall(name);

    /// <summary>The members of a request that a command's parameters set.</summary>
    /// <param name="bound">The names of the parameters as given.</param>
    /// <param name="properties">-Property.</param>
    public static HashSet<string> Given(ICollection<string> bound, IDictionary? properties) =>
        [.. Parameters.Where(pair => bound.Contains(pair.Value)).Select(pair => pair.Key), .. (properties?.Keys ?? Array.Empty<object>()).Cast<object>().Select(key => key.ToString()!)];

    /// <summary>The members, each with its value as UTF-8 JSON.</summary>
    /// <param name="properties">What was given.</param>
    /// <param name="bound">The command's parameters as given, by name.</param>
    /// <exception cref="ApiRequestException">invalid_value: a value has no JSON meaning, or a name is said twice.</exception>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Read(IDictionary properties, IDictionary<string, object> bound)
    {
        List<KeyValuePair<string, byte[]>> read = [];
        foreach (DictionaryEntry entry in properties)
        {
            string name = Name(entry.Key, "Property");
            if (IsOfTheCall(name))
            {
                string instead = name == "messages" ? "a prompt, -System and -Message say it" : "-Stream and -AsChunk say it";
                throw Invalid("Property", $"-Property has '{name}', which is not set here: {instead}.");
            }
            if (Parameters.TryGetValue(name, out string? parameter) && bound.ContainsKey(parameter))
            {
                throw Invalid("Property", $"-Property has '{name}', which -{parameter} says too. Give one of them.");
            }
            if (read.Exists(other => other.Key == name))
            {
                throw Invalid("Property", $"-Property has '{name}' twice.");
            }
            ChatRequestWriter.CheckText(name, "a name in -Property");
            read.Add(new(name, PSObjectJson.ToUtf8(entry.Value, RequestPath.Root.Member(name))));
        }
        return read;
    }

    /// <summary>The headers as text; what is no header is refused where it is sent.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadHeaders(IDictionary? headers)
    {
        List<KeyValuePair<string, string>> read = [];
        foreach (DictionaryEntry entry in headers ?? new Hashtable())
        {
            // What is no text is neither sent as the name of its type nor shown: it may be a secret.
            string? value = entry.Value is null ? string.Empty : SingleValue.Text(entry.Value);
            read.Add(new(Name(entry.Key, "Header"), value ?? throw Invalid("Header", $"The value of header {read.Count + 1} is no single text, number or date.")));
        }
        return read;
    }

    private static bool IsOfTheCall(string name) => name is "messages" or "stream" or "stream_options";

    private static string Name(object key, string parameter) =>
        SingleValue.Text(key) is { Length: > 0 } name
            ? name
            : throw Invalid(parameter, $"-{parameter} has a name that is empty, or no text.");

    private static ApiException Invalid(string parameter, string message) =>
        ApiErrors.InvalidValue(parameter, message, $"Get-Help Invoke-ApiChat -Parameter {parameter}");
}
