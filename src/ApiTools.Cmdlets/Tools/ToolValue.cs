using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace ApiTools.Cmdlets;

/// <summary>Writes what a parameter's declaration says as JSON text of its schema.</summary>
internal static class ToolValue
{
    /// <summary>A text.</summary>
    public static string Text(string text) => Encoding.UTF8.GetString(PSObjectJson.ToUtf8(text));

    /// <summary>A number; null for what is none, such as the dates of a range.</summary>
    public static string? Number(object? value) =>
        Bare.Of(value) is IConvertible plain and not (string or DateTime or bool or char) ? Finite(plain) : null;

    /// <summary>One of the texts of a ValidateSet as a value of the parameter's kind.</summary>
    public static string OfKind(string text, string? kind) =>
        kind is "integer" or "number" && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Text(text);

    /// <summary>A default; null for one that no JSON can say.</summary>
    public static string? Default(object? value)
    {
        try
        {
            return value is null or ScriptBlock or IDictionary { Count: > 0 } ? null : Encoding.UTF8.GetString(PSObjectJson.ToUtf8(value));
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private static string? Finite(IConvertible value)
    {
        double number = value.ToDouble(CultureInfo.InvariantCulture);
        return double.IsNaN(number) || double.IsInfinity(number) || Math.Abs(number) >= 1e300 ? null : Encoding.UTF8.GetString(PSObjectJson.ToUtf8(value is Enum ? number : value));
    }
}
