using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Objects that were written with Export-Clixml, or come from a job or another machine: of such a one PowerShell gives the properties alone, under
/// the type's name with "Deserialized." before it. From JSON it gives them without.
/// </summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.";

    /// <summary>The object, where it was one of a type; null for any other, and for one that still is.</summary>
    /// <typeparam name="T">The type, or one that it derives from.</typeparam>
    /// <param name="value">The object as it came in.</param>
    public static PSObject? Of<T>(object? value) => Was(value, typeof(T).FullName!) ? (PSObject)value! : null;

    /// <summary>The type that an object was of, where PowerShell kept no more of it than its properties; null for a custom object, which never had more.</summary>
    /// <param name="value">The object as it came in.</param>
    public static string? TypeName(object? value) =>
        value is PSObject { BaseObject: PSCustomObject } wrapper
        && wrapper.TypeNames[0] is string name
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && name != Prefix + typeof(PSCustomObject).FullName
        && name != Prefix + "Selected." + typeof(PSCustomObject).FullName
            ? name.Substring(Prefix.Length)
            : null;

    /// <summary>A property; null where there is none.</summary>
    public static object? Property(this PSObject value, string name) => value.Properties[name]?.Value;

    /// <summary>A property that is text; null where there is none.</summary>
    public static string? Text(this PSObject value, string name) =>
        Plain(value.Property(name)) as string;

    /// <summary>A property of the type that it had; null where it has another now.</summary>
    public static T? Value<T>(this PSObject value, string name)
        where T : struct => Plain(value.Property(name)) is T found ? found : null;

    /// <summary>A whole number, in whichever size it was kept; null where there is none.</summary>
    public static long? Number(this PSObject value, string name) =>
        Plain(value.Property(name)) is int or long ? Convert.ToInt64(Plain(value.Property(name)), CultureInfo.InvariantCulture) : null;

    /// <summary>A length of time; JSON has it as text, or as an object with its ticks. Null where there is none.</summary>
    public static TimeSpan? Duration(this PSObject value, string name) => Plain(value.Property(name)) switch
    {
        TimeSpan length => length,
        string text => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan length) ? length : null,
        _ => value.Bag(name)?.Number("Ticks") is long ticks ? TimeSpan.FromTicks(ticks) : null,
    };

    /// <summary>A point in time, of which ConvertFrom-Json makes one without a zone; null where there is none.</summary>
    public static DateTimeOffset? Moment(this PSObject value, string name) => Plain(value.Property(name)) switch
    {
        DateTimeOffset moment => moment,
        DateTime moment => new DateTimeOffset(moment),
        string text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null,
        _ => null,
    };

    /// <summary>A property that is an object of which the properties alone are left; null where there is none.</summary>
    public static PSObject? Bag(this PSObject value, string name) => value.Property(name) is PSObject { BaseObject: PSCustomObject } bag ? bag : null;

    /// <summary>The items of a property that was a list.</summary>
    public static IEnumerable<object?> Items(this PSObject value, string name) =>
        Plain(value.Property(name)) is IEnumerable items and not string ? items.Cast<object?>() : [];

    private static bool Was(object? value, string typeName) =>
        value is PSObject { BaseObject: PSCustomObject } wrapper && wrapper.TypeNames.Contains(Prefix + typeName);

    private static object? Plain(object? value) => value is PSObject wrapper ? wrapper.BaseObject : value;
}
