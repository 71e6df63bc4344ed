using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Reads a property of an object that came in. Its code is the object's own, and may fail.</summary>
internal static class ObjectProperty
{
    /// <summary>The value.</summary>
    /// <exception cref="ApiRequestException">invalid_value: the property cannot be read.</exception>
    public static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (ExtendedTypeSystemException exception)
        {
            Exception cause = exception.InnerException ?? exception;
            throw ApiErrors.InvalidValue(property.Name, $"The input's property '{property.Name}' cannot be read: {cause.Message}");
        }
    }
}
