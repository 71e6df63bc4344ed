using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Finds things by a name that may have wildcards.</summary>
internal static class NameFilter
{
    /// <summary>Those whose name fits the pattern, in the order given.</summary>
    /// <param name="items">What there is.</param>
    /// <param name="name">The name of an item.</param>
    /// <param name="pattern">A name, or a pattern.</param>
    /// <param name="parameter">The parameter that the pattern came by, for the error.</param>
    /// <exception cref="ApiRequestException">invalid_value: it is no pattern.</exception>
    public static List<T> Find<T>(IEnumerable<T> items, Func<T, string> name, string pattern, string parameter)
    {
        WildcardPattern wildcard = Pattern(pattern, parameter);
        return [.. items.Where(item => wildcard.IsMatch(name(item)))];
    }

    /// <summary>The patterns; null where none were given.</summary>
    /// <exception cref="ApiRequestException">invalid_value: one is no pattern.</exception>
    public static WildcardPattern[]? Patterns(string[]? patterns, string parameter) =>
        patterns is null ? null : [.. patterns.Select(pattern => Pattern(pattern, parameter))];

    /// <summary>Whether a name fits one of the patterns: any name where there are none, and no name never where there are.</summary>
    public static bool Fits(string? name, WildcardPattern[]? patterns) =>
        patterns is null || (name is not null && Array.Exists(patterns, pattern => pattern.IsMatch(name)));

    private static WildcardPattern Pattern(string pattern, string parameter)
    {
        try
        {
            WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.Compiled);
            _ = wildcard.IsMatch(string.Empty);
            return wildcard;
        }
        catch (WildcardPatternException)
        {
            throw ApiErrors.InvalidValue(parameter, $"'{pattern}' is no pattern: a bracket is not closed. Write `[ for the bracket itself.", "Get-Help about_Wildcards");
        }
    }
}
