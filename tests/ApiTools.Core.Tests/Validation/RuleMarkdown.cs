using System.Globalization;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>The table of rules as Markdown: what stands in about_ApiTools_Requests.</summary>
internal static class RuleMarkdown
{
    private const string Reference = "https://platform.openai.com/docs/api-reference/chat/create#chat_create-";

    /// <summary>The rules, the relations between members, and where other services differ.</summary>
    public static string Write()
    {
        List<string> lines =
        [
            // Two columns: a narrow console shows them as a list.
            "| parameter | what is documented of it |",
            "| --- | --- |",
            .. RuleTable.Rules.Select(row => Row(row.Place, Everything(row.Place, row.Rule))),
            string.Empty,
            "What parameters demand of each other:",
            string.Empty,
            "| place | rule |",
            "| --- | --- |",
            .. RuleTable.Rules.SelectMany(row => row.Rule.Relations.Select(relation => Row(row.Place, $"{relation.Name} ({Source(relation.Source)})"))),
            string.Empty,
            "What other services know, and OpenAI does not. It is a warning, as any parameter is that is not in the table:",
            string.Empty,
            "| parameter | services |",
            "| --- | --- |",
            .. OtherServices.Parameters.Select(parameter => Row(parameter.Name, parameter.Services)),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    private static string Everything(string place, RequestRule rule)
    {
        string[] parts =
        [
            Describe(place, rule),
            rule.Default is null ? string.Empty : $"default {rule.Default}",
            Models(rule),
            rule.Successor is null ? string.Empty : $"replaced by {rule.Successor}",
        ];
        return $"{string.Join("; ", parts.Where(part => part.Length > 0))} ({Source(rule.Source)})";
    }

    private static string Describe(string place, RequestRule rule)
    {
        List<string> words = [place.EndsWith("{name}", StringComparison.Ordinal) ? "a name" : ValueKind.Words(rule.Kinds)];
        Add(rule.Required, "required");
        Add(rule.Minimum is not null && rule.Maximum is not null, $"{Number(rule.Minimum)} to {Number(rule.Maximum)}");
        Add(rule.Minimum is not null && rule.Maximum is null, $"{Number(rule.Minimum)} or more");
        Add(rule.Values is not null, $"{ValueKind.Or(rule.Values ?? [string.Empty])}{(rule.ValuesGrow ? " (another is a warning)" : string.Empty)}");
        Add(rule.MinimumLength > 0 && rule.MaximumLength is not null, $"{rule.MinimumLength} to {rule.MaximumLength} characters");
        Add(rule.MinimumLength > 0 && rule.MaximumLength is null, "not empty");
        Add(rule.MinimumLength == 0 && rule.MaximumLength is not null, $"at most {rule.MaximumLength} characters");
        Add(rule.Pattern == TextPattern.Name, "of letters and digits of ASCII, underscores and hyphens");
        Add(rule.Pattern == TextPattern.Digits, "of digits");
        Add(rule.MinimumItems > 0, $"at least {rule.MinimumItems} item");
        Add(rule.MaximumItems is not null, $"at most {rule.MaximumItems} {(rule.Entry is null ? "items" : "entries")}");
        return string.Join(", ", words);

        void Add(bool isSaid, string word)
        {
            if (isSaid)
            {
                words.Add(word);
            }
        }
    }

    private static string Models(RequestRule rule) => rule switch
    {
        { Reasoning: ReasoningUse.Refused } => "refused by those that reason",
        { Reasoning: ReasoningUse.RefusedWhileReasoning } => "refused by those that reason, while they do",
        { Reasoning: ReasoningUse.DefaultOnly } => "those that reason take the default only, while they do",
        { RefusedBy: IReadOnlyList<string> names } => $"refused by {ValueKind.Or(names).Replace(" or ", " and ", StringComparison.Ordinal)}",
        { IsForReasoning: true } => "for those that reason",
        _ => string.Empty,
    };

    private static string Source(string source) =>
        source.StartsWith(Reference, StringComparison.Ordinal) ? $"OpenAI's reference, {source[Reference.Length..]}" : source;

    private static string Number(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
