using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>What of an input is text.</summary>
internal static class TokenText
{
    /// <summary>The text that a value is: a string, a number, a date.</summary>
    /// <param name="value">The value, without PowerShell's wrapper.</param>
    /// <param name="showExamples">A command that shows what to give.</param>
    /// <exception cref="ApiException">missing_required_field or invalid_value: it is nothing, or no text.</exception>
    public static string Of(object? value, string showExamples) => value switch
    {
        string text => text,
        null => throw ApiErrors.MissingField("InputObject", "There is no text to measure: the input is null.", showExamples),
        char or bool or Enum or Guid or DateTime or DateTimeOffset or Uri or Version => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        IFormattable number when value.GetType().IsPrimitive || value is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw ApiErrors.InvalidValue(
            "InputObject",
            $"A {value.GetType().FullName} is no text. Give a property of it, or the text that the host would show, by Out-String.",
            showExamples),
    };
}
