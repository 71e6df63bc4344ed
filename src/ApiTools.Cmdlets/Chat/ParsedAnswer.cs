using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using ApiTools.Schemas;

namespace ApiTools.Cmdlets;

/// <summary>
/// Makes PowerShell's objects of an answer's JSON. Members keep their order; numbers their precision, which ConvertFrom-Json's doubles do not; texts stay texts, also
/// those that look like dates.
/// </summary>
internal static class ParsedAnswer
{
    // What every object has hidden: a member of such a name would not be found, or stand in its way.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames" };

    // An integer beyond double is written out up to so many digits.
    private const int MaximumDigits = 1000;

    // A double has no fewer.
    private const int DigitsOfDouble = 17;

    /// <summary>Gives each choice of a completion its objects.</summary>
    public static void Set(ChatCompletion completion)
    {
        foreach (ChatChoice choice in completion.Choices)
        {
            choice.Parsed ??= choice.ParsedTree is JsonTree tree ? Of(tree) : null;
        }
    }

    /// <summary>The value: PSCustomObject, array, string, number, Boolean or null.</summary>
    public static object? Of(JsonTree value) => value.Kind switch
    {
        JsonValueKind.String => value.Text,
        JsonValueKind.Number => Number(value.Text),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.Children.ConvertAll(Of).ToArray(),
        JsonValueKind.Object => Object(value),
        _ => null,
    };

    private static object Object(JsonTree value)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        if (!value.Children.TrueForAll(child => child.Name!.Length > 0 && !Reserved.Contains(child.Name) && names.Add(child.Name)))
        {
            return Dictionary(value);
        }
        PSObject made = new();
        foreach (JsonTree child in value.Children)
        {
            made.Properties.Add(new PSNoteProperty(child.Name, Of(child)));
        }
        return made;
    }

    // PowerShell's objects have no empty names, and none that differ in case alone.
    private static OrderedDictionary Dictionary(JsonTree value)
    {
        OrderedDictionary made = new(StringComparer.Ordinal);
        foreach (JsonTree child in value.Children)
        {
            made.Add(child.Name!, Of(child));
        }
        return made;
    }

    private static object Number(string json)
    {
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long small))
        {
            return small is >= int.MinValue and <= int.MaxValue ? (object)(int)small : small;
        }
        SchemaNumber exact = SchemaNumber.Parse(json);
        if (exact.IsInteger && json.IndexOfAny(['.', 'e', 'E']) < 0 && exact.Length + exact.Exponent <= MaximumDigits)
        {
            return BigInteger.Parse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        bool hasDouble = TryDouble(json, out double approximate);
        if (hasDouble && IsSame(approximate.ToString("R", CultureInfo.InvariantCulture), exact))
        {
            return approximate;
        }
        bool hasDecimal = decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        string text = number.ToString(CultureInfo.InvariantCulture);
        return hasDecimal && (IsSame(text, exact) || SchemaNumber.Parse(text).Length > DigitsOfDouble) ? number
            : hasDouble ? approximate
            // No number of .NET's is as large.
            : json;
    }

    private static bool IsSame(string text, SchemaNumber exact) => SchemaNumber.Parse(text).CompareTo(exact) == 0;

    private static bool TryDouble(string json, out double number) =>
        double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsInfinity(number);
}
