using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Reads the property that tells an input apart (-KeyProperty).</summary>
internal static class InputKey
{
    /// <summary>The key as text.</summary>
    /// <param name="input">What came in: an object, a hashtable, or JSON text.</param>
    /// <param name="property">The property's name.</param>
    /// <exception cref="ApiRequestException">invalid_value: the input has no such property, or nothing in it.</exception>
    public static string Read(object? input, string property)
    {
        object? value = Bare.Of(input) switch
        {
            null => null,
            string text => OfText(text, property),
            IDictionary dictionary => OfDictionary(dictionary, property),
            _ => PSObject.AsPSObject(input).Properties[property] is PSPropertyInfo found ? ObjectProperty.Read(found) : null,
        };
        string? key = SingleValue.Text(value);
        return !string.IsNullOrEmpty(key) ? key!
            : key is null && value is not null ? throw Invalid($"The input's '{property}' is no single text, number or date, and -KeyProperty says that it tells the inputs apart.")
            : throw Invalid($"The input has no '{property}', or nothing in it, and -KeyProperty says that it tells the inputs apart.");
    }

    private static ApiException Invalid(string message) =>
        ApiErrors.InvalidValue("KeyProperty", message, "Get-Help Invoke-ApiChat -Parameter KeyProperty");

    private static object? OfDictionary(IDictionary dictionary, string property)
    {
        try
        {
            return dictionary[property];
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // One whose keys are not text, such as a SortedList of numbers.
            return null;
        }
    }

    private static string? OfText(string text, string property)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(property, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
                : value.ValueKind == JsonValueKind.String ? value.GetString()
                : value.GetRawText();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A prompt, or a line that the check will refuse.
            return null;
        }
    }
}
