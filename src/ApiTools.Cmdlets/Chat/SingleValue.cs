using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;

namespace ApiTools.Cmdlets;

/// <summary>Turns a single value that came in (a text, a number, a date, ...) into text: exact, and the same in every culture.</summary>
internal static class SingleValue
{
    /// <summary>The text; null for no value, and for what is no single one: a list, an object that has no text of its own, a secret.</summary>
    public static string? Text(object? value)
    {
        object? plain = Bare.Of(value);
        return plain switch
        {
            string text => text,
            null or IEnumerable or PSCustomObject or ScriptBlock or SecureString => null,
            // Unrounded: two dates, two numbers that differ are two texts.
            DateTime or DateTimeOffset => ((IFormattable)plain).ToString("o", CultureInfo.InvariantCulture),
            double or float => ((IFormattable)plain).ToString("R", CultureInfo.InvariantCulture),
            _ => OwnText(plain),
        };
    }

    private static string? OwnText(object value)
    {
        try
        {
            string? text = Convert.ToString(value, CultureInfo.InvariantCulture);
            return text == value.GetType().ToString() ? null : text;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // The object's own code, which may do anything.
            return null;
        }
    }
}
