using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using ApiTools.Simulator;

namespace ApiTools.Cmdlets;

/// <summary>
/// Reads an answer for the simulator as people write one: a text, a hashtable, an object, a completion, or the answer itself. Keys are the
/// properties' names, or the API's own for them (<c>tool_calls</c>, <c>finish_reason</c>).
/// </summary>
internal static class SimulatorAnswerReader
{
    private static readonly Dictionary<string, PropertyInfo> AnswerKeys = KeysOf(typeof(SimulatorAnswer));
    private static readonly Dictionary<string, PropertyInfo> CallKeys = KeysOf(typeof(SimulatorToolCall));

    /// <summary>The answer; not yet checked.</summary>
    /// <exception cref="ApiRequestException">invalid_value: it is none.</exception>
    public static SimulatorAnswer Read(object? item) => Bare.OrCustom(item) switch
    {
        SimulatorAnswer answer => answer,
        string text => new SimulatorAnswer { Content = text },
        ChatCompletion completion => Of(completion),
        object value when Pairs(value) is IEnumerable<(string Key, object? Value)> pairs => Answer(pairs),
        object value => throw AnswerCheck.Invalid($"An answer is a text, a hashtable, a completion or a SimulatorAnswer, not an object of type {value.GetType().Name}."),
        null => throw AnswerCheck.Invalid("An answer is $null."),
    };

    private static SimulatorAnswer Of(ChatCompletion completion) => new()
    {
        Content = completion.Content.Length == 0 && (completion.Refusal is not null || completion.ToolCalls.Count > 0) ? null : completion.Content,
        Refusal = completion.Refusal,
        ToolCalls = [.. completion.ToolCalls.Select(Of)],
        FinishReason = completion.FinishReason,
    };

    private static SimulatorToolCall Of(ChatToolCall call) => new() { Id = call.Id, Name = call.Name, Arguments = call.Arguments };

    private static SimulatorAnswer Answer(IEnumerable<(string Key, object? Value)> pairs)
    {
        SimulatorAnswer answer = new();
        foreach ((PropertyInfo property, object value) in Known(pairs, AnswerKeys, "An answer"))
        {
            property.SetValue(answer, property.Name switch
            {
                nameof(SimulatorAnswer.ToolCalls) => Items(value).Select(Call).ToArray(),
                nameof(SimulatorAnswer.Content) => TextOrJson(value),
                _ => RuleValue.Convert(property, value, () => AnswerCheck.Invalid($"An answer's {property.Name} cannot be '{value}': it has to be a whole number.")),
            });
        }
        return answer;
    }

    // As a person writes it, or in the API's own shape: { id, type, function: { name, arguments } }.
    private static SimulatorToolCall Call(object? item)
    {
        object? value = Bare.OrCustom(item);
        switch (value)
        {
            case SimulatorToolCall call:
                return call;
            case ChatToolCall call:
                return Of(call);
            case string name:
                return new SimulatorToolCall { Name = name };
        }
        if (value is null || Pairs(value) is not IEnumerable<(string Key, object? Value)> pairs)
        {
            throw AnswerCheck.Invalid($"A tool call is a name or a hashtable with Name, Arguments and Id, not {(value is null ? "$null" : $"an object of type {value.GetType().Name}")}.");
        }
        List<(string Key, object? Value)> flat = [];
        foreach ((string key, object? inner) in pairs)
        {
            if (key.Equals("function", StringComparison.OrdinalIgnoreCase) && Bare.OrCustom(inner) is object function && Pairs(function) is IEnumerable<(string, object?)> parts)
            {
                flat.AddRange(parts);
            }
            else if (!key.Equals("type", StringComparison.OrdinalIgnoreCase))
            {
                flat.Add((key, inner));
            }
        }
        SimulatorToolCall made = new();
        foreach ((PropertyInfo property, object given) in Known(flat, CallKeys, "A tool call"))
        {
            property.SetValue(made, TextOrJson(given));
        }
        return made;
    }

    private static IEnumerable<(PropertyInfo Property, object Value)> Known(
        IEnumerable<(string Key, object? Value)> pairs, Dictionary<string, PropertyInfo> keys, string what)
    {
        foreach ((string key, object? value) in pairs)
        {
            if (!keys.TryGetValue(key.Replace("_", string.Empty), out PropertyInfo? property))
            {
                throw AnswerCheck.Invalid($"{what} has no '{key}'. It has {string.Join(", ", keys.Keys)}.");
            }
            if (value is not null)
            {
                yield return (property, value);
            }
        }
    }

    private static string TextOrJson(object value) => SingleValue.Text(value) ?? Encoding.UTF8.GetString(PSObjectJson.ToUtf8(value));

    private static IEnumerable<object?> Items(object value) => Bare.OrCustom(value) is IEnumerable items and not (string or IDictionary) ? items.Cast<object?>() : [value];

    // Null for what has no keys.
    private static IEnumerable<(string Key, object? Value)>? Pairs(object value) => value switch
    {
        IDictionary table => table.Cast<DictionaryEntry>().Select(entry => (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, (object?)entry.Value)),
        PSObject record => record.Properties.Select(property => (property.Name, (object?)property.Value)),
        _ => null,
    };

    private static Dictionary<string, PropertyInfo> KeysOf(Type type) => type.GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
}
