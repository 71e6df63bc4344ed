using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace ApiTools.Cmdlets;

/// <summary>Reads a text or a whole number that a rule of the simulator has under one of its keys.</summary>
internal static class RuleValue
{
    /// <summary>The value as the property has it.</summary>
    /// <param name="property">The rule's property.</param>
    /// <param name="value">What was given.</param>
    /// <param name="invalid">The error for what is no whole number where one has to be.</param>
    public static object? Convert(PropertyInfo property, object value, Func<ApiException> invalid)
    {
        object bare = Bare.Of(value)!;
        bool isNumber = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) != typeof(string);
        try
        {
            // PowerShell rounds 1.5 and takes $true for 1: neither is what anybody meant.
            return isNumber && bare is bool or double or float or decimal && !IsWhole(bare)
                ? throw invalid()
                : LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture);
        }
        catch (PSInvalidCastException)
        {
            throw invalid();
        }
    }

    private static bool IsWhole(object number) => number is not bool && System.Convert.ToDouble(number, CultureInfo.InvariantCulture) is double real && Math.Floor(real) == real;
}
