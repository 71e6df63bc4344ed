using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Validation;

/// <summary>
/// What strict demands of every object in a schema: additionalProperties false, and all properties required (OpenAI's guide to Structured
/// Outputs, supported schemas).
/// </summary>
internal static class StrictSchema
{
    // So many properties are compared one by one; more are looked up.
    private const int FewProperties = 64;

    // More names than these help nobody.
    private const int NamesTold = 3;

    /// <summary>Checks a schema and all schemas in it; the check's place is the schema.</summary>
    public static void Check(RequestCheck check, JsonSlice schema)
    {
        if (schema.Type != JsonTokenType.StartObject || check.Findings.IsFull)
        {
            return;
        }
        JsonSlice properties = schema.Member("properties"u8);
        if (properties.Type == JsonTokenType.StartObject || IsObject(schema.Member("type"u8)))
        {
            CheckClosed(check, schema);
            CheckRequired(check, schema, properties);
        }
        CheckEach(check, properties, "properties", JsonTokenType.StartObject);
        CheckEach(check, schema.Member("$defs"u8), "$defs", JsonTokenType.StartObject);
        CheckEach(check, schema.Member("definitions"u8), "definitions", JsonTokenType.StartObject);
        CheckEach(check, schema.Member("anyOf"u8), "anyOf", JsonTokenType.StartArray);
        check.Enter("items");
        Check(check, schema.Member("items"u8));
        check.Leave();
    }

    private static void CheckEach(RequestCheck check, JsonSlice schemas, string name, JsonTokenType kind)
    {
        if (schemas.Type != kind)
        {
            return;
        }
        check.Enter(name);
        JsonChildren children = schemas.Children();
        while (children.MoveNext() && !check.Findings.IsFull)
        {
            check.Enter(schemas, children);
            Check(check, children.Value);
            check.Leave();
        }
        check.Leave();
    }

    private static bool IsObject(JsonSlice type)
    {
        if (type.Type != JsonTokenType.StartArray)
        {
            return type.IsText("object"u8);
        }
        JsonChildren types = type.Children();
        while (types.MoveNext())
        {
            if (types.Value.IsText("object"u8))
            {
                return true;
            }
        }
        return false;
    }

    // No other value is accepted: the fix is safe.
    private static void CheckClosed(RequestCheck check, JsonSlice schema)
    {
        JsonSlice additional = schema.Member("additionalProperties"u8);
        if (additional.Type == JsonTokenType.False)
        {
            return;
        }
        RequestPath path = check.Path.Member("additionalProperties");
        JsonFix fix = JsonFix.Safe(JsonPatch.AddRaw(path, "false"));
        if (additional.Type == JsonTokenType.None)
        {
            check.Missing(schema, path, "strict needs it to be false in every object.", fix);
        }
        else
        {
            check.Error(additional, path, $"{path} is {ValueKind.Describe(additional)}; strict needs it to be false in every object.", fix);
        }
    }

    private static void CheckRequired(RequestCheck check, JsonSlice schema, JsonSlice properties)
    {
        JsonSlice required = schema.Member("required"u8);
        List<string>? missing = Missing(properties, required);
        if (missing is null)
        {
            return;
        }
        RequestPath path = check.Path.Member("required");
        string names = string.Join(", ", missing.Take(NamesTold).Select(name => $"\"{VisibleText.Line(name, 60)}\""));
        string more = missing.Count > NamesTold ? $" and {missing.Count - NamesTold} more" : string.Empty;
        string why = $"strict needs every property in it; missing: {names}{more}.";
        bool isArray = required.Type == JsonTokenType.StartArray;
        // What was optional becomes required: a choice.
        JsonFix? fix = missing.Count > FewProperties ? null : JsonFix.Choice(isArray ? JsonPatch.Append(path, missing) : JsonPatch.AddTexts(path, missing));
        if (required.Type == JsonTokenType.None)
        {
            check.Missing(schema, path, why, fix);
        }
        else
        {
            check.Error(required, path, $"{path} is not complete: {why}", fix);
        }
    }

    private static List<string>? Missing(JsonSlice properties, JsonSlice required)
    {
        List<string>? missing = null;
        HashSet<string>? known = null;
        JsonChildren names = properties.Children();
        while (properties.Type == JsonTokenType.StartObject && names.MoveNext())
        {
            if (names.Index == FewProperties)
            {
                known = All(required);
            }
            bool isRequired = known is null ? Contains(required, JsonSliceText.Plain(names.RawName)) : known.Contains(names.Name);
            if (!isRequired)
            {
                (missing ??= []).Add(names.Name);
            }
        }
        return missing;
    }

    private static bool Contains(JsonSlice required, ReadOnlySpan<byte> name)
    {
        JsonChildren items = required.Children();
        while (required.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            if (items.Value.IsText(name))
            {
                return true;
            }
        }
        return false;
    }

    private static HashSet<string> All(JsonSlice required)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        JsonChildren items = required.Children();
        while (required.Type == JsonTokenType.StartArray && items.MoveNext())
        {
            if (items.Value.Type == JsonTokenType.String)
            {
                all.Add(items.Value.GetString());
            }
        }
        return all;
    }
}
