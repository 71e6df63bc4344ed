using System.Management.Automation;
using System.Management.Automation.Language;

namespace ApiTools.Cmdlets;

/// <summary>Turns values and tooltips into completion results: filtered by what is typed, quoted where they need it.</summary>
internal static class Completion
{
    /// <summary>The values that begin with, or else contain, what is typed; in the order given.</summary>
    public static IEnumerable<CompletionResult> From(string typed, IEnumerable<(string Value, string Tooltip)> values)
    {
        string word = typed.Trim('\'', '"');
        List<(string Value, string Tooltip)> all = [.. values];
        List<(string Value, string Tooltip)> matching = [.. all.Where(v => v.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        if (matching.Count == 0)
        {
            matching = [.. all.Where(v => v.Value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)];
        }
        return matching.Select(v => new CompletionResult(Quote(v.Value), v.Value, CompletionResultType.ParameterValue, v.Tooltip));
    }

    private static string Quote(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
