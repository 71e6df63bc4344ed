using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Chooses findings by their code or their place, with * and ? as wildcards. The brackets of a place such as <c>messages[3].role</c> are brackets.</summary>
internal sealed class FindingFilter
{
    private readonly WildcardPattern[] _patterns;

    /// <param name="patterns">Codes and places; none chooses nothing.</param>
    public FindingFilter(IEnumerable<string> patterns) =>
        _patterns = [.. patterns.Select(pattern => WildcardPattern.Get(pattern.Replace("`", "``").Replace("[", "`[").Replace("]", "`]"), WildcardOptions.IgnoreCase))];

    /// <summary>Whether a finding is chosen.</summary>
    public bool Chooses(Finding finding) =>
        Array.Exists(_patterns, pattern => pattern.IsMatch(finding.Code) || (finding.Param is string place && pattern.IsMatch(place)));
}
