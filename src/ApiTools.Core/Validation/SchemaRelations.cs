using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>What a function's parameters and a response's schema have to be.</summary>
internal static class SchemaRelations
{
    /// <summary>"schema must be a JSON Schema of 'type: "object"'" (OpenAI's answer); strict asks for more.</summary>
    public static void ParametersAreAnObject(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.Parameters))
        {
            Check(check, members[MemberName.Parameters], "parameters", members.IsTrue(MemberName.Strict));
        }
    }

    /// <summary>The schema of a response is an object's too; strict asks for more.</summary>
    public static void SchemaIsAnObject(RequestCheck check, in RequestMembers members)
    {
        if (members.Has(MemberName.Schema))
        {
            Check(check, members[MemberName.Schema], "schema", members.IsTrue(MemberName.Strict));
        }
    }

    private static void Check(RequestCheck check, JsonSlice schema, string name, bool isStrict)
    {
        if (schema.Type != JsonTokenType.StartObject)
        {
            return;
        }
        check.Enter(name);
        JsonSlice type = schema.Member("type"u8);
        if (!type.IsText("object"u8) && !HasAnyOf(schema))
        {
            Report(check, schema, type);
        }
        if (isStrict)
        {
            StrictSchema.Check(check, schema);
        }
        check.Leave();
    }

    // A root that is a choice of schemas is refused under strict alone.
    private static bool HasAnyOf(JsonSlice schema) => schema.Member("anyOf"u8).Type != default || schema.Member("$ref"u8).Type != default;

    private static void Report(RequestCheck check, JsonSlice schema, JsonSlice type)
    {
        RequestPath path = check.Path.Member("type");
        if (type.Type == default)
        {
            check.Missing(schema, path, "the schema has to be an object's.", JsonFix.Safe(JsonPatch.AddRaw(path, "\"object\"")));
        }
        else
        {
            check.Error(type, path, $"{path} is {ValueKind.Describe(type)}; the schema has to be an object's.");
        }
    }
}
