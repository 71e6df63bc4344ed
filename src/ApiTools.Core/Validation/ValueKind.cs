using System.Globalization;
using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Whether a value is of a kind that its rule allows, and what was meant where it is not.</summary>
internal static class ValueKind
{
    // Longer strings are no numbers.
    private const int MaximumNumber = 40;

    /// <summary>Whether the rule allows values of that kind.</summary>
    public static bool Allows(JsonKinds kinds, JsonSlice value) => value.Type switch
    {
        JsonTokenType.String => (kinds & JsonKinds.String) != 0,
        JsonTokenType.Number => (kinds & JsonKinds.Number) != 0 || ((kinds & JsonKinds.Integer) != 0 && value.IsIntegerLiteral),
        JsonTokenType.True or JsonTokenType.False => (kinds & JsonKinds.Boolean) != 0,
        JsonTokenType.StartObject => (kinds & JsonKinds.Object) != 0,
        _ => (kinds & JsonKinds.Array) != 0,
    };

    /// <summary>
    /// The fix, where the value can mean one thing only: "0.5" is 0.5, 5.0 is 5, "true" and 1 are true, 42 is "42".
    /// </summary>
    public static JsonFix? Fix(RequestRule rule, JsonSlice value, RequestPath path)
    {
        string? meant = value.Type switch
        {
            JsonTokenType.String when value.End - value.Start <= MaximumNumber => Boolean(rule, value.GetString().Trim()) ?? Number(rule, value.GetString().Trim()),
            JsonTokenType.Number when (rule.Kinds & JsonKinds.Boolean) != 0 => value.GetRawText() switch { "1" => "true", "0" => "false", _ => null },
            JsonTokenType.Number when (rule.Kinds & JsonKinds.Integer) != 0 => Number(rule, value.GetRawText()),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when (rule.Kinds & JsonKinds.String) != 0 && rule.Values is null => $"\"{value.GetRawText()}\"",
            _ => null,
        };
        return meant is not null ? JsonFix.Safe(JsonPatch.ReplaceRaw(path, meant))
            : IsItemOf(rule, value) ? JsonFix.Safe(JsonPatch.WrapInArray(path, value))
            : null;
    }

    // messages with one message, not in an array.
    private static bool IsItemOf(RequestRule rule, JsonSlice value) =>
        (rule.Kinds & JsonKinds.Array) != 0 && rule.Item is not null && value.Type is JsonTokenType.StartObject or JsonTokenType.String && Allows(rule.Item.Kinds, value);

    /// <summary>The value in a few words.</summary>
    public static string Describe(JsonSlice value) => value.Type switch
    {
        JsonTokenType.String => value.End - value.Start <= 42 ? $"the string {value.GetRawText()}" : "a string",
        JsonTokenType.Number => value.IsIntegerLiteral ? $"the number {value.GetRawText()}" : $"the decimal number {value.GetRawText()}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartObject => "an object",
        _ => "an array",
    };

    /// <summary>The kinds in words.</summary>
    public static string Words(JsonKinds kinds)
    {
        List<string> words = [];
        Add(JsonKinds.String, "a string");
        Add(JsonKinds.Number, "a number");
        Add(JsonKinds.Integer, "a whole number");
        Add(JsonKinds.Boolean, "true or false");
        Add(JsonKinds.Array, "an array");
        Add(JsonKinds.Object, "an object");
        return Or(words);

        void Add(JsonKinds kind, string word)
        {
            if ((kinds & kind) != 0)
            {
                words.Add(word);
            }
        }
    }

    /// <summary>a, b or c.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[words.Count - 1]}";

    private static string? Boolean(RequestRule rule, string text) =>
        (rule.Kinds & JsonKinds.Boolean) != 0 && bool.TryParse(text, out bool value) ? (value ? "true" : "false") : null;

    private static string? Number(RequestRule rule, string text)
    {
        bool whole = (rule.Kinds & JsonKinds.Integer) != 0;
        if (!(whole || (rule.Kinds & JsonKinds.Number) != 0)
            || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || (whole && (number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue))
            || (double)number < rule.Minimum
            || (double)number > rule.Maximum)
        {
            return null;
        }
        return (whole ? decimal.Truncate(number) : number).ToString(CultureInfo.InvariantCulture);
    }
}
