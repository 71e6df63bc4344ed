using System.Collections;
using System.Management.Automation;
using System.Text;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>
/// A prompt with placeholders: <c>{Property}</c> is a property of the input, <c>{_}</c> the input itself as text, <c>{{</c> and <c>}}</c>
/// are braces. What looks like no name, such as a piece of JSON or of code, stays as it is.
/// </summary>
internal sealed class PromptTemplate
{
    private const string Whole = "_";

    private readonly List<(string Text, bool IsPlaceholder)> _parts;

    private PromptTemplate(List<(string Text, bool IsPlaceholder)> parts) => _parts = parts;

    /// <summary>True where the prompt has a placeholder; without one it asks about the whole input.</summary>
    public bool HasPlaceholders => _parts.Exists(part => part.IsPlaceholder);

    /// <summary>Reads a prompt.</summary>
    public static PromptTemplate Parse(string prompt)
    {
        List<(string, bool)> parts = [];
        StringBuilder text = new();
        for (int i = 0; i < prompt.Length; i++)
        {
            char c = prompt[i];
            if (c is '{' or '}' && i + 1 < prompt.Length && prompt[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{' && NameLength(prompt, i + 1) is int length and > 0)
            {
                parts.Add((text.ToString(), false));
                text.Clear();
                parts.Add((prompt.Substring(i + 1, length), true));
                i += length + 1;
            }
            else
            {
                text.Append(c);
            }
        }
        parts.Add((text.ToString(), false));
        return new PromptTemplate(parts);
    }

    /// <summary>The prompt for one input.</summary>
    /// <exception cref="ApiRequestException">missing_required_field: the input has no such property.</exception>
    public string Fill(object? input)
    {
        StringBuilder prompt = new();
        foreach ((string text, bool isPlaceholder) in _parts)
        {
            prompt.Append(isPlaceholder ? Value(input, text) : text);
        }
        return prompt.ToString();
    }

    /// <summary>For one input what the template stands for: of a placeholder alone the value itself, else the text.</summary>
    /// <exception cref="ApiRequestException">missing_required_field: the input has no such property.</exception>
    public object? Value(object? input)
    {
        List<(string Text, bool IsPlaceholder)> parts = _parts.FindAll(part => part.IsPlaceholder || part.Text.Length > 0);
        return parts.Count == 1 && parts[0].IsPlaceholder ? Find(input, parts[0].Text) : Fill(input);
    }

    // A name is a letter or an underscore, then letters, digits and what CSV headers have within them.
    private static int NameLength(string prompt, int start)
    {
        int end = start;
        while (end < prompt.Length && (char.IsLetterOrDigit(prompt[end]) || prompt[end] is '_' || (end > start && prompt[end] is ' ' or '.' or '-')))
        {
            end++;
        }
        bool isName = end > start && end < prompt.Length && prompt[end] == '}' && !char.IsDigit(prompt[start]) && prompt[end - 1] != ' ';
        return isName ? end - start : 0;
    }

    private static string Value(object? input, string name) => Convert(Find(input, name), name);

    private static object? Find(object? input, string name)
    {
        if (name == Whole)
        {
            return input;
        }
        object? value = Bare.Of(input);
        if (value is IDictionary dictionary && dictionary.Contains(name))
        {
            return dictionary[name];
        }
        if (input is not null && PSObject.AsPSObject(input).Properties[name] is PSPropertyInfo property)
        {
            return ObjectProperty.Read(property);
        }
        throw ApiErrors.MissingField(
            name,
            $"The input has no property '{name}' for the prompt's {{{name}}}. It has {Names(input, name)}. Write {{{{{name}}}}} for the text itself.",
            "Get-Help Invoke-ApiChat -Examples");
    }

    private static string Convert(object? value, string name)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
        }
        catch (PSInvalidCastException exception)
        {
            throw ApiErrors.InvalidValue(name, $"What the input has for the prompt's {{{name}}} is no text: {exception.Message}", "Get-Help Invoke-ApiChat -Examples");
        }
    }

    private static string Names(object? input, string name)
    {
        object? value = Bare.Of(input);
        IEnumerable<string> names = value is IDictionary dictionary
            ? dictionary.Keys.Cast<object>().Select(key => Convert(key, name))
            : input is null ? [] : PSObject.AsPSObject(input).Properties.Select(property => property.Name);
        List<string> first = [.. names.Take(12)];
        return first.Count == 0 ? "none" : string.Join(", ", first);
    }
}
