using System.Globalization;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>Says in a few words what a request's parameter may be, and shows one in PowerShell.</summary>
internal static class RuleText
{
    /// <summary>Such as <c>temperature: a number, 0 to 2</c>.</summary>
    public static string Describe(RequestRule rule)
    {
        string range = (rule.Minimum, rule.Maximum) switch
        {
            (double minimum, double maximum) => $", {Number(minimum)} to {Number(maximum)}",
            (double minimum, null) => $", {Number(minimum)} or more",
            _ => rule.Values is null ? string.Empty : $": {string.Join(", ", rule.Values)}",
        };
        return $"{rule.Name}: {Kind(rule.Kinds)}{range}";
    }

    /// <summary>A value of it as PowerShell writes it.</summary>
    public static string Example(RequestRule rule) => rule.Kinds switch
    {
        _ when rule.Values is [string value, ..] => $"'{value}'",
        _ when rule.Kinds.HasFlag(JsonKinds.Boolean) => "$true",
        _ when rule.Kinds.HasFlag(JsonKinds.Integer) || rule.Kinds.HasFlag(JsonKinds.Number) => Number(rule.Minimum ?? 0),
        _ when rule.Kinds.HasFlag(JsonKinds.String) => "''",
        _ when rule.Kinds.HasFlag(JsonKinds.Array) => "@()",
        _ => "@{}",
    };

    private static string Kind(JsonKinds kinds) => kinds switch
    {
        JsonKinds.Number => "a number",
        JsonKinds.Integer => "a whole number",
        JsonKinds.Boolean => "true or false",
        JsonKinds.String => "a text",
        JsonKinds.Array => "a list",
        JsonKinds.Object => "an object",
        _ => "a text, a list or an object",
    };

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
