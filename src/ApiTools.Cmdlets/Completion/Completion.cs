using System.Management.Automation;
using System.Management.Automation.Language;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>Turns values and tooltips into completion results: filtered by what is typed, quoted where they need it or as what is typed is.</summary>
internal static class Completion
{
    private const string Quotes = "'\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e";

    /// <summary>The values that begin with, or else contain, what is typed, or are like it where it has wildcards; in the order given.</summary>
    public static IEnumerable<CompletionResult> From(string? typed, IEnumerable<(string Value, string Tooltip)> values)
    {
        string word = Word(typed);
        // A name with control characters cannot be typed, and a menu would execute them.
        List<(string Value, string Tooltip)> all = [.. values.Where(v => v.Value.Length > 0 && VisibleText.Block(v.Value) == v.Value && v.Value.IndexOf('\n') < 0)];
        List<(string Value, string Tooltip)> matching = [.. all.Where(v => v.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        if (matching.Count == 0)
        {
            matching = [.. all.Where(Matcher(word))];
        }
        char quote = typed is { Length: > 0 } && typed[0] is '\'' or '"' ? typed[0] : '\0';
        return [.. matching.Select(v => Result(Quote(v.Value, quote), v.Value, v.Tooltip))];
    }

    /// <summary>Texts of PowerShell for what is listed under a name: those whose name begins with what is typed.</summary>
    public static IEnumerable<CompletionResult> From(string? typed, IEnumerable<(string Name, string Text, string Tooltip)> values)
    {
        string word = Word(typed);
        return [.. values.Where(v => v.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(v => Result(v.Text, v.Name, v.Tooltip))];
    }

    private static string Word(string? typed) => (typed ?? string.Empty).Trim(Quotes.ToCharArray());

    private static Func<(string Value, string Tooltip), bool> Matcher(string word)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(word))
        {
            return v => v.Value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        }
        try
        {
            WildcardPattern pattern = WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase);
            return v => pattern.IsMatch(v.Value);
        }
        catch (WildcardPatternException)
        {
            return _ => false;
        }
    }

    private static CompletionResult Result(string text, string listed, string tooltip) =>
        new(text, listed, CompletionResultType.ParameterValue, tooltip.Length == 0 ? listed : VisibleText.Line(tooltip));

    // What is bare must be one word of PowerShell that begins no parameter.
    private static string Quote(string value, char quote) => quote switch
    {
        '"' => $"\"{value.Replace("`", "``").Replace("\"", "`\"").Replace("$", "`$")}\"",
        '\'' => Single(value),
        _ when value.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/') && !(value[0] == '-' && value.Length > 1 && !char.IsDigit(value[1])) => value,
        _ => Single(value),
    };

    private static string Single(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
