using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ApiTools.Errors;
using ApiTools.Simulator;

namespace ApiTools.Cmdlets;

/// <summary>Reads a rule as people write one: a name, a hashtable, an object of the same properties, or the rule itself.</summary>
internal static class SimulatorFaultReader
{
    // The rule's own properties are the keys, so that the two cannot differ.
    private static readonly Dictionary<string, PropertyInfo> Keys =
        typeof(SimulatorFault).GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule; not yet checked.</summary>
    /// <exception cref="ApiRequestException">invalid_value: it is none.</exception>
    public static SimulatorFault Read(object? item)
    {
        object? value = Bare.OrCustom(item);
        return value switch
        {
            SimulatorFault fault => fault,
            SimulatorFaultKind kind => new SimulatorFault { Kind = kind },
            string name => ByName(name),
            IDictionary table => FromPairs(table.Cast<DictionaryEntry>().Select(Pair)),
            PSObject record => FromPairs(record.Properties.Select(property => (property.Name, (object?)property.Value))),
            _ => throw FaultCheck.Invalid($"A fault is a name, a hashtable or a SimulatorFault, not {(value is null ? "$null" : $"an object of type {value.GetType().Name}")}."),
        };
    }

    private static (string Key, object? Value) Pair(DictionaryEntry entry) =>
        (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, entry.Value);

    private static SimulatorFault ByName(string name) =>
        ApiErrorCatalog.Find(name) is { IsDocumented: true } ? new SimulatorFault { Code = name }
        : FaultKinds.Find(name) is SimulatorFaultKind kind ? new SimulatorFault { Kind = kind }
        : throw FaultCheck.Unknown(name);

    private static SimulatorFault FromPairs(IEnumerable<(string Key, object? Value)> pairs)
    {
        SimulatorFault fault = new();
        foreach ((string key, object? value) in pairs)
        {
            if (!Keys.TryGetValue(key, out PropertyInfo? property))
            {
                throw FaultCheck.Invalid($"A fault has no '{key}'. It has {string.Join(", ", Keys.Keys)}.");
            }
            if (value is not null)
            {
                property.SetValue(fault, ConvertValue(property, value));
            }
        }
        return fault;
    }

    private static object? ConvertValue(PropertyInfo property, object value)
    {
        object bare = Bare.Of(value)!;
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(SimulatorFaultKind))
        {
            return bare as SimulatorFaultKind? ?? FaultKinds.Find(bare as string)
                ?? throw FaultCheck.Invalid($"A fault's {property.Name} cannot be '{value}': it has to be one of {string.Join(", ", FaultKinds.Names)}.");
        }
        return RuleValue.Convert(property, value, () => FaultCheck.Invalid($"A fault's {property.Name} cannot be '{value}': it has to be a whole number."));
    }
}
