using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>The table of rules as a list: each rule at its place, and each thing that a rule says under a name of its own.</summary>
internal static class RuleTable
{
    /// <summary>Every rule with its place, in the table's order: <c>temperature</c>, <c>messages[].role</c>, <c>logit_bias{}</c>.</summary>
    public static IEnumerable<(string Place, RequestRule Rule)> Rules { get; } = [.. Walk("request", RequestRules.Request)];

    /// <summary>Everything that the rules say, one thing a line: <c>temperature: minimum</c>.</summary>
    public static IEnumerable<string> Facts { get; } = [.. Rules.SelectMany(row => Says(row.Rule, isName: row.Place.EndsWith("{name}", StringComparison.Ordinal)).Select(fact => $"{row.Place}: {fact}"))];

    private static IEnumerable<(string Place, RequestRule Rule)> Walk(string place, RequestRule rule)
    {
        yield return (place, rule);
        string prefix = place == "request" ? string.Empty : place + ".";
        foreach (RequestRule member in rule.Members ?? [])
        {
            foreach ((string Place, RequestRule Rule) row in Walk(prefix + member.Name, member))
            {
                yield return row;
            }
        }
        (string, RequestRule?)[] inner = [(place + "[]", rule.Item), (place + "{name}", rule.EntryName), (place + "{}", rule.Entry)];
        foreach ((string innerPlace, RequestRule? innerRule) in inner)
        {
            foreach ((string Place, RequestRule Rule) row in innerRule is null ? [] : Walk(innerPlace, innerRule))
            {
                yield return row;
            }
        }
    }

    private static IEnumerable<string> Says(RequestRule rule, bool isName)
    {
        (string Fact, bool IsSaid)[] facts =
        [
            // A member's name is a string by JSON's grammar.
            ("kind", !isName),
            ("required", rule.Required && rule.Name != "request"),
            ("not null", !rule.Nullable && !isName),
            ("minimum", rule.Minimum is not null),
            ("maximum", rule.Maximum is not null),
            ("values", rule.Values is not null),
            ("shortest", rule.MinimumLength > 0),
            ("longest", rule.MaximumLength is not null),
            ("pattern", rule.Pattern != TextPattern.Any),
            ("fewest", rule.MinimumItems > 0),
            ("most", rule.MaximumItems is not null),
            ("models", rule.Reasoning != ReasoningUse.Taken || rule.RefusedBy is not null || rule.IsForReasoning),
            ("successor", rule.Successor is not null && rule.Reasoning == ReasoningUse.Taken && !rule.IsStillTaken),
            ("no others", rule.Members is not null),
        ];
        return facts.Where(fact => fact.IsSaid).Select(fact => fact.Fact).Concat(rule.Relations.Select(relation => relation.Name));
    }
}
