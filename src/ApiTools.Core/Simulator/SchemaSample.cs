using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiTools.Simulator;

/// <summary>
/// Makes a plain instance of a JSON Schema, the same each time: all properties, one item in an array, the first of an enum, "text" for a string,
/// 0 for a number, or what is nearest to them. What refers to itself is left out where it may be.
/// </summary>
internal sealed class SchemaSample
{
    // Definitions that are named twice in each other grow without bound long before they are deep.
    private const int MostValues = 10_000;

    // Definitions in a chain are as deep as they are many.
    private const int MostDepth = 200;

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _root;
    private readonly List<string> _references = [];
    private int _values;
    private int _depth;
    private int _choices;
    private bool _isWrong;

    private SchemaSample(JsonElement root, bool isWrong)
    {
        _root = root;
        _isWrong = isWrong;
    }

    /// <summary>The instance as JSON text; <c>{}</c> where the schema has none that is found.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="isWrong">True for one that does not keep to it: one value of another type, or half of the text where every value would do.</param>
    public static string Text(JsonElement schema, bool isWrong)
    {
        SchemaSample sample = new(schema, isWrong);
        string text = sample.TryMake(schema, out JsonNode? value) ? value?.ToJsonString(Written) ?? "null" : "{}";
        return sample._isWrong ? text.Substring(0, text.Length / 2) : text;
    }

    private bool TryMake(JsonElement schema, out JsonNode? value)
    {
        value = null;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            value = SampleScalar.AnyText;
            return schema.ValueKind != JsonValueKind.False;
        }
        if (++_values > MostValues || _depth >= MostDepth)
        {
            return false;
        }
        _depth++;
        bool made = TryMakeOf(schema, out value);
        _depth--;
        return made;
    }

    private bool TryMakeOf(JsonElement schema, out JsonNode? value)
    {
        if (JsonRead.Text(JsonRead.Property(schema, "$ref")) is string reference)
        {
            return TryFollow(reference, out value);
        }
        if (Given(schema) is JsonElement given)
        {
            value = TakeWrong(SampleScalar.WrongFor(schema)) ?? JsonNode.Parse(given.GetRawText());
            return true;
        }
        return (TryChoose(schema, "anyOf", out value) ?? TryChoose(schema, "oneOf", out value)) ?? TryMakeTyped(schema, out value);
    }

    private bool TryFollow(string reference, out JsonNode? value)
    {
        value = null;
        if (_references.Contains(reference) || SchemaPointer.Find(_root, reference) is not JsonElement target)
        {
            return false;
        }
        _references.Add(reference);
        bool made = TryMake(target, out value);
        _references.RemoveAt(_references.Count - 1);
        return made;
    }

    // Null where there is no choice to make.
    private bool? TryChoose(JsonElement schema, string name, out JsonNode? value)
    {
        value = null;
        JsonElement choices = JsonRead.Property(schema, name);
        if (choices.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        // What is wrong for one may be right for another.
        _choices++;
        bool made = false;
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            if (made = TryMake(choice, out value))
            {
                break;
            }
        }
        _choices--;
        return made;
    }

    private bool TryMakeTyped(JsonElement schema, out JsonNode? value)
    {
        switch (SampleScalar.TypeOf(schema))
        {
            case "object":
                return TryMakeObject(schema, out value);
            case "array":
                return TryMakeArray(schema, out value);
            default:
                value = TakeWrong(SampleScalar.WrongFor(schema)) ?? SampleScalar.Make(schema);
                return true;
        }
    }

    private bool TryMakeObject(JsonElement schema, out JsonNode? value)
    {
        JsonObject made = [];
        value = made;
        HashSet<string> required = [.. JsonRead.Texts(JsonRead.Property(schema, "required"))];
        foreach (JsonElement part in JsonRead.Items(JsonRead.Property(schema, "allOf")).Append(schema))
        {
            required.UnionWith(JsonRead.Texts(JsonRead.Property(part, "required")));
            JsonElement properties = JsonRead.Property(part, "properties");
            foreach (JsonProperty property in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().AsEnumerable() : [])
            {
                if (TryMake(property.Value, out JsonNode? child))
                {
                    made[property.Name] = child;
                }
                else if (required.Contains(property.Name))
                {
                    return false;
                }
            }
        }
        foreach (string name in required.Where(name => !made.ContainsKey(name)))
        {
            made[name] = SampleScalar.AnyText;
        }
        return true;
    }

    private bool TryMakeArray(JsonElement schema, out JsonNode? value)
    {
        JsonArray made = [];
        value = made;
        foreach (JsonElement first in JsonRead.Items(JsonRead.Property(schema, "prefixItems")))
        {
            if (!TryMake(first, out JsonNode? item))
            {
                return false;
            }
            made.Add(item);
        }
        long least = JsonRead.Whole(JsonRead.Property(schema, "minItems")) ?? 0;
        long wanted = Math.Min(Math.Max(least, Math.Min(1, JsonRead.Whole(JsonRead.Property(schema, "maxItems")) ?? 1)), MostValues);
        JsonElement items = JsonRead.Property(schema, "items");
        while (made.Count < wanted)
        {
            if (!TryMake(items, out JsonNode? item))
            {
                return made.Count >= least;
            }
            made.Add(item);
        }
        return true;
    }

    private JsonNode? TakeWrong(JsonNode? wrong)
    {
        if (!_isWrong || _choices > 0 || wrong is null)
        {
            return null;
        }
        _isWrong = false;
        return wrong;
    }

    // The value that it has to be, or the first of those that it may be.
    private static JsonElement? Given(JsonElement schema) =>
        schema.TryGetProperty("const", out JsonElement constant) ? constant
        : JsonRead.Property(schema, "enum") is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0 ? values[0]
        : null;
}
