using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiTools.Simulator;

/// <summary>Plain values for schemas of strings, numbers and the like, and values that break them.</summary>
internal static class SampleScalar
{
    private const string Plain = "text";
    private const int MostCharacters = 1_000_000;

    // RFC 3339, 5321, 4122 and so on: one of each that JSON Schema defines and services support.
    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = "2024-05-13T12:00:00Z",
        ["date"] = "2024-05-13",
        ["time"] = "12:00:00Z",
        ["duration"] = "PT1H",
        ["email"] = "someone@example.com",
        ["hostname"] = "example.com",
        ["ipv4"] = "192.0.2.1",
        ["ipv6"] = "2001:db8::1",
        ["uuid"] = "00000000-0000-4000-8000-000000000000",
        ["uri"] = "https://example.com/",
    };

    private static readonly string[] OfObjects = ["properties", "required", "additionalProperties", "allOf"];
    private static readonly string[] OfArrays = ["items", "prefixItems", "minItems", "maxItems"];
    private static readonly string[] OfNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    /// <summary>A text that any schema takes which asks for nothing.</summary>
    public static JsonNode AnyText => JsonValue.Create(Plain)!;

    /// <summary>The type that an instance is made of: the first that it says, else what its members speak of.</summary>
    public static string TypeOf(JsonElement schema) =>
        TypesOf(schema) is [string first, ..] ? first
        : HasAny(schema, OfObjects) ? "object"
        : HasAny(schema, OfArrays) ? "array"
        : HasAny(schema, OfNumbers) ? "number"
        : "string";

    /// <summary>The instance.</summary>
    public static JsonNode? Make(JsonElement schema) => TypeOf(schema) switch
    {
        "null" => null,
        "boolean" => JsonValue.Create(false),
        "integer" => Number(schema, isWhole: true),
        "number" => Number(schema, isWhole: false),
        _ => JsonValue.Create(String(schema)),
    };

    /// <summary>A value of a type that the schema does not allow; null where it allows text and numbers, or does not say.</summary>
    public static JsonNode? WrongFor(JsonElement schema)
    {
        IReadOnlyList<string> types = TypesOf(schema);
        JsonElement[] values = [.. JsonRead.Items(JsonRead.Property(schema, "enum")), .. schema.TryGetProperty("const", out JsonElement constant) ? [constant] : Array.Empty<JsonElement>()];
        bool says = types.Count > 0 || values.Length > 0;
        bool takesText = values.Length > 0 ? Array.Exists(values, value => value.ValueKind == JsonValueKind.String) : types.Contains("string");
        bool takesNumbers = values.Length > 0 ? Array.Exists(values, value => value.ValueKind == JsonValueKind.Number) : types.Contains("number") || types.Contains("integer");
        return !says || (takesText && takesNumbers) ? null
            : takesText ? JsonValue.Create(12345)
            : JsonValue.Create("wrong");
    }

    private static bool HasAny(JsonElement schema, string[] names) => Array.Exists(names, name => schema.TryGetProperty(name, out _));

    private static IReadOnlyList<string> TypesOf(JsonElement schema) => JsonRead.Texts(JsonRead.Property(schema, "type"));

    private static string String(JsonElement schema)
    {
        if (JsonRead.Text(JsonRead.Property(schema, "format")) is string format && Formats.TryGetValue(format, out string? known))
        {
            return known;
        }
        if (JsonRead.Text(JsonRead.Property(schema, "pattern")) is string pattern && PatternSample.Of(pattern) is string matching)
        {
            return matching;
        }
        long least = Math.Min(JsonRead.Whole(JsonRead.Property(schema, "minLength")) ?? 0, MostCharacters);
        long most = JsonRead.Whole(JsonRead.Property(schema, "maxLength")) ?? long.MaxValue;
        string text = Plain.PadRight((int)least, 'x');
        return text.Length > most ? text.Substring(0, (int)Math.Max(0, most)) : text;
    }

    private static JsonValue Number(JsonElement schema, bool isWhole)
    {
        decimal? above = Read(schema, "exclusiveMinimum");
        decimal? below = Read(schema, "exclusiveMaximum");
        decimal low = Math.Max(Read(schema, "minimum") ?? decimal.MinValue, above ?? decimal.MinValue);
        decimal high = Math.Min(Read(schema, "maximum") ?? decimal.MaxValue, below ?? decimal.MaxValue);
        decimal step = Read(schema, "multipleOf") is > 0m and decimal multiple ? multiple : isWhole ? 1m : 0m;
        decimal value = Math.Min(Math.Max(0m, low), high);
        if (step > 0m)
        {
            value = (low > 0m ? Math.Ceiling(value / step) : Math.Floor(value / step)) * step;
            value += value == above ? step : value == below ? -step : 0m;
        }
        else if (value == above || value == below)
        {
            // Between the ends, or beside the only one.
            value = low > decimal.MinValue && high < decimal.MaxValue ? (low / 2m) + (high / 2m) : value == above ? value + 1m : value - 1m;
        }
        return value == decimal.Truncate(value) && Math.Abs(value) <= long.MaxValue ? JsonValue.Create((long)value) : JsonValue.Create(value);
    }

    private static decimal? Read(JsonElement schema, string name) =>
        JsonRead.Property(schema, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal number) && Math.Abs(number) < 1e27m ? number : null;
}
