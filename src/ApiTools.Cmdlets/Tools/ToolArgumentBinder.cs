using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Cmdlets;

/// <summary>
/// Turns the arguments of a call into the values of a command's parameters. A name is a parameter's whole name or none; a value stays the value that it
/// is: a text is never code, a list or a name of a command.
/// </summary>
internal static class ToolArgumentBinder
{
    private const int MaximumName = 100;

    /// <summary>The values by the parameters' names.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <exception cref="FormatException">Something in them does not fit; the message is for the model.</exception>
    public static Hashtable Bind(ToolCommand tool, JsonElement arguments)
    {
        Hashtable bound = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty argument in arguments.EnumerateObject())
        {
            CommandParameterInfo parameter = Find(tool, argument.Name);
            if (argument.Value.ValueKind != JsonValueKind.Null)
            {
                bound[parameter.Name] = Convert(argument.Value, parameter.ParameterType, Shown(argument.Name));
            }
            // Null for what may be left out is left out: models say so.
        }
        foreach (KeyValuePair<string, CommandParameterInfo> parameter in tool.Parameters)
        {
            if (parameter.Value.IsMandatory && !bound.ContainsKey(parameter.Value.Name))
            {
                throw new FormatException($"'{parameter.Key}' is missing, and has to be given.");
            }
        }
        return bound;
    }

    private static CommandParameterInfo Find(ToolCommand tool, string name) =>
        tool.Parameters.TryGetValue(name, out CommandParameterInfo? exact) ? exact
        : tool.Parameters.FirstOrDefault(parameter => parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
        ?? throw new FormatException($"There is no parameter '{Shown(name)}'. There {(tool.Parameters.Count == 0 ? "are none" : $"is {string.Join(", ", tool.Parameters.Keys)}")}.");

    private static object? Convert(JsonElement value, Type type, string place)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value.ValueKind == JsonValueKind.Null
            ? null
            : ToolTypes.Find(plain)?.Type switch
            {
                "string" => Text(value, place),
                "boolean" => Boolean(value, place),
                "integer" => Integer(value, place),
                "number" => Number(value, place),
                "array" => Items(value, ToolTypes.ItemOf(plain) ?? typeof(object), place),
                "object" => Members(value, plain, place),
                _ => Any(value),
            };
    }

    private static string Text(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Wrong(value, place, "a string"),
    };

    private static bool Boolean(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out bool truth) => truth,
        _ => throw Wrong(value, place, "a boolean"),
    };

    // Rounded in silence, 2.7 would be another number than the model asked for.
    private static object Integer(JsonElement value, string place) =>
        Decimal(value) is decimal number && decimal.Truncate(number) == number ? Narrow(number) : throw Wrong(value, place, "an integer");

    private static object Number(JsonElement value, string place) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && double.TryParse(Raw(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsInfinity(number) && !double.IsNaN(number)
            ? Decimal(value) is decimal exact ? exact : number
            : throw Wrong(value, place, "a number");

    private static object[] Items(JsonElement value, Type type, string place) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select((item, i) => Convert(item, type, FormattableString.Invariant($"{place}[{i}]"))!)],
        // As PowerShell itself takes one for a list of one.
        JsonValueKind.Object when ToolTypes.Find(type)?.Type is not ("object" or null) => throw Wrong(value, place, "an array"),
        _ => [Convert(value, type, place)!],
    };

    private static object Members(JsonElement value, Type type, string place) =>
        value.ValueKind != JsonValueKind.Object ? throw Wrong(value, place, "an object")
        : type == typeof(PSObject) || type == typeof(PSCustomObject) ? Custom(value)
        : Table(value, type == typeof(OrderedDictionary));

    private static object? Any(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => Custom(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Any).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => Decimal(value) is decimal number ? (decimal.Truncate(number) == number ? Narrow(number) : number) : value.GetDouble(),
        _ => value.ValueKind == JsonValueKind.True,
    };

    private static IDictionary Table(JsonElement value, bool ordered)
    {
        IDictionary table = ordered ? new OrderedDictionary(StringComparer.OrdinalIgnoreCase) : new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            table[member.Name] = member.Value.ValueKind == JsonValueKind.Object ? Table(member.Value, ordered) : Any(member.Value);
        }
        return table;
    }

    private static PSObject Custom(JsonElement value)
    {
        PSObject custom = new();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (member.Name.Length == 0)
            {
                throw new FormatException("An object has a member whose name is empty.");
            }
            custom.Properties.Add(new PSNoteProperty(member.Name, Any(member.Value)));
        }
        return custom;
    }

    private static decimal? Decimal(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(Raw(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;

    // As PowerShell reads a number: the smallest of its types that holds it.
    private static object Narrow(decimal number) => number switch
    {
        >= int.MinValue and <= int.MaxValue => (int)number,
        >= long.MinValue and <= long.MaxValue => (object)(long)number,
        _ => number,
    };

    private static string Raw(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static FormatException Wrong(JsonElement value, string place, string wanted)
    {
        string given = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            _ => Shown(value.GetRawText()),
        };
        return new FormatException($"'{place}' has to be {wanted}, and is {given}.");
    }

    private static string Shown(string text) => VisibleText.Line(text, MaximumName);
}
