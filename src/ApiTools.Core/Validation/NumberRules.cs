using System.Globalization;

namespace ApiTools.Validation;

/// <summary>Whether a number is within its range.</summary>
internal static class NumberRules
{
    /// <summary>Checks a number.</summary>
    public static void Check(RequestCheck check, RequestRule rule, JsonSlice value)
    {
        bool whole = (rule.Kinds & JsonKinds.Number) == 0;
        if (whole && value.TryGetInt64(out long integer))
        {
            if (integer < rule.Minimum || integer > rule.Maximum)
            {
                OutOfRange(check, rule, value, integer);
            }
        }
        else if (whole && !value.IsIntegerLiteral)
        {
            check.WrongKind(rule, value);
        }
        else if (value.GetDouble() is double number && (number < rule.Minimum || number > rule.Maximum))
        {
            OutOfRange(check, rule, value, number);
        }
        else if (whole)
        {
            Beyond(check, value);
        }
    }

    private static void Beyond(RequestCheck check, JsonSlice value)
    {
        RequestPath path = check.Path;
        check.Error(value, path, $"{path} is {value.GetRawText()}, which is beyond 64 bits.");
    }

    // 20 for a temperature may be 2 or 0.2: the nearest end is no safe fix.
    private static void OutOfRange(RequestCheck check, RequestRule rule, JsonSlice value, double number)
    {
        RequestPath path = check.Path;
        string range = rule.Maximum is double maximum ? $"between {Text(rule.Minimum!.Value)} and {Text(maximum)}" : $"at least {Text(rule.Minimum!.Value)}";
        double end = number < rule.Minimum ? rule.Minimum.Value : rule.Maximum!.Value;
        check.Error(value, path, $"{path} is {value.GetRawText()}; it has to be {range}.", JsonFix.Choice(JsonPatch.ReplaceRaw(path, Text(end))));
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
