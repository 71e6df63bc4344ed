using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Completes a parameter of a request from the table that checks it: its values, or the ends of its range.</summary>
public sealed class RequestValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameterName);
        RequestRule? rule = RequestRules.Request.Members!.FirstOrDefault(member => member.Name == name);
        return rule is null ? [] : Completion.From(wordToComplete, Values(rule).Select(value => (value, RuleText.Describe(rule))));
    }

    private static IEnumerable<string> Values(RequestRule rule) => rule.Values ?? Ends(rule);

    private static string[] Ends(RequestRule rule) =>
        [.. new[] { rule.Minimum, rule.Maximum }.OfType<double>().Select(end => end.ToString(CultureInfo.InvariantCulture))];
}
