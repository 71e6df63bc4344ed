using System.Collections;
using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>
/// What a view is given: one of the module's objects, or what is left of one that came from another process or a file (remoting, jobs,
/// Import-Clixml), which has the properties and no methods, and text where an object lay too deep.
/// </summary>
internal sealed class ViewObject(object? value)
{
    private readonly PSObject? _value = value is null ? null : PSObject.AsPSObject(value);

    /// <summary>The object itself, where it is one of that type.</summary>
    public static T? Live<T>(object? value)
        where T : class =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) as T;

    /// <summary>What stands in the pipeline as one thing or as many.</summary>
    public static IEnumerable<object?> Items(object? value) => Base(value) switch
    {
        null => [],
        string text => [text],
        IDictionary dictionary => dictionary.Cast<object>(),
        IEnumerable items => items.Cast<object?>(),
        object one => [one],
    };

    /// <summary>A property's value without PowerShell's wrapper; null where there is none.</summary>
    public object? this[string name] => Base(_value?.Properties[name]?.Value);

    /// <summary>A property as text. The wrapper of an enum's member that came from elsewhere has its name; what it wraps is its number.</summary>
    public string? Text(string name) => _value?.Properties[name]?.Value?.ToString();

    /// <summary>A property as a number; 0 where it is none.</summary>
    public long Number(string name) => LanguagePrimitives.TryConvertTo(this[name], out long number) ? number : 0;

    /// <summary>A property that is an object in turn.</summary>
    public ViewObject Inner(string name) => new(_value?.Properties[name]?.Value);

    /// <summary>How many things a property holds.</summary>
    public int Count(string name) => Items(this[name]).Count();

    /// <summary>Whether a property is true.</summary>
    public bool IsTrue(string name) => LanguagePrimitives.IsTrue(this[name]);

    private static object? Base(object? value) => value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
}
