using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Schemas;

namespace ApiTools.Core.Tests.Schemas;

/// <summary>The validator against JsonSchema.Net: on what both know they agree.</summary>
public sealed class SchemaOracleTests
{
    private const string Definitions = """
        "a":{"anyOf":[{"type":"null"},{"type":"object","properties":{"a":{"$ref":"#/$defs/a"},"b":{"type":"integer"}},"required":["a"]}]},"b":{"type":["array","number"],"items":{"$ref":"#/$defs/a"}}
        """;

    [Fact]
    public void Both_say_the_same_of_random_schemas_and_values()
    {
        Random random = new(20241126);
        int[] counts = new int[2];
        for (int round = 0; round < 1_200; round++)
        {
            string schema = "{\"$defs\":{" + Definitions + "}," + Members(random, 3) + "}";
            JsonSchema own = JsonSchema.Read(Encoding.UTF8.GetBytes(schema), isStrict: false);
            Json.Schema.JsonSchema oracle = Json.Schema.JsonSchema.FromText(schema);
            for (int i = 0; i < 12; i++)
            {
                string value = Value(random, 3);
                JsonTree tree = JsonTreeReader.Read(Encoding.UTF8.GetBytes(value), out _)!;
                bool isValid = SchemaCheck.Find(own, tree, TimeProvider.System) is null;
                bool expected = oracle.Evaluate(JsonDocument.Parse(value).RootElement).IsValid;
                Assert.True(isValid == expected, $"{schema} on {value}: here {isValid}, there {expected}");
                counts[isValid ? 1 : 0]++;
            }
        }
        // Neither answer is the easy one.
        Assert.All(counts, count => Assert.True(count > 2_000, string.Join(" ", counts)));
    }

    private static string Schema(Random random, int depth) => random.Next(12) switch
    {
        0 => "true",
        1 => "{}",
        2 => "{\"$ref\":\"#/$defs/a\"}",
        3 => "{\"$ref\":\"#/$defs/b\"}",
        _ => "{" + Members(random, depth) + "}",
    };

    private static string Members(Random random, int depth)
    {
        List<string> members = [];
        string[] types = ["null", "boolean", "integer", "number", "string", "array", "object"];
        if (random.Next(2) == 0)
        {
            string[] some = [.. types.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(type => $"\"{type}\"")];
            members.Add($"\"type\":{(some.Length == 1 ? some[0] : $"[{string.Join(",", some)}]")}");
        }
        Maybe(5, () => $"\"enum\":[{Value(random, 1)},{Value(random, 1)},{Value(random, 1)}]");
        Maybe(12, () => $"\"const\":{Value(random, 1)}");
        Maybe(5, () => $"\"{(random.Next(2) == 0 ? "minimum" : "exclusiveMinimum")}\":{Number(random)}");
        Maybe(5, () => $"\"{(random.Next(2) == 0 ? "maximum" : "exclusiveMaximum")}\":{Number(random)}");
        Maybe(6, () => $"\"multipleOf\":{new[] { "1", "2", "0.5", "0.1", "3" }[random.Next(5)]}");
        Maybe(5, () => $"\"minLength\":{random.Next(3)}");
        Maybe(5, () => $"\"maxLength\":{random.Next(3)}");
        Maybe(5, () => $"\"pattern\":\"{new[] { "a", "^b$", "^[ab]+$", "^$" }[random.Next(4)]}\"");
        Maybe(5, () => $"\"minItems\":{random.Next(3)}");
        Maybe(5, () => $"\"maxItems\":{random.Next(3)}");
        if (depth > 0)
        {
            Maybe(3, () => $"\"items\":{Schema(random, depth - 1)}");
            Maybe(2, () => $"\"properties\":{{\"a\":{Schema(random, depth - 1)},\"b\":{Schema(random, depth - 1)}}}");
            Maybe(3, () => $"\"additionalProperties\":{Schema(random, depth - 1)}");
            Maybe(4, () => $"\"required\":[\"{"ab"[random.Next(2)]}\"]");
            Maybe(4, () => $"\"anyOf\":[{Schema(random, depth - 1)},{Schema(random, depth - 1)}]");
        }
        return members.Count > 0 ? string.Join(",", members) : "\"title\":\"any\"";

        void Maybe(int oneIn, Func<string> member)
        {
            if (random.Next(oneIn) == 0)
            {
                members.Add(member());
            }
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 or 3 => Number(random),
        4 or 5 => new[] { "\"\"", "\"a\"", "\"b\"", "\"ab\"", "\"a😀\"" }[random.Next(5)],
        6 => $"[{string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
        _ => $"{{{string.Join(",", new[] { "a", "b", "c" }.Where(_ => random.Next(2) == 0).Select(name => $"\"{name}\":{Value(random, depth - 1)}"))}}}",
    };

    private static string Number(Random random) => random.Next(4) switch
    {
        0 => (random.Next(-20, 21) / 10m).ToString(CultureInfo.InvariantCulture),
        1 => $"{random.Next(-2, 3)}.0",
        2 => $"{random.Next(1, 4)}e{random.Next(0, 2)}",
        _ => random.Next(-3, 4).ToString(CultureInfo.InvariantCulture),
    };
}
