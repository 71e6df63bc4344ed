using System.Text.Json;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>What the simulator answers to a request with a schema.</summary>
public sealed class SchemaSampleTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"number"},"d":{"type":"boolean"},"e":{"type":"null"}}}""", """{"a":"text","b":0,"c":0,"d":false,"e":null}""")]
    [InlineData("""{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}},"none":{"type":"array","maxItems":0},"three":{"type":"array","minItems":3,"items":{"enum":["x","y"]}}}}""", """{"items":[{"name":"text"}],"none":[],"three":["x","x","x"]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["null","string"]},"b":{"const":7},"c":{"enum":[null,1]},"d":{},"e":true}}""", """{"a":null,"b":7,"c":null,"d":"text","e":"text"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","minimum":5},"b":{"type":"integer","exclusiveMinimum":5},"c":{"type":"integer","maximum":-3},"d":{"type":"integer","minimum":4,"multipleOf":3},"e":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1},"f":{"type":"number","exclusiveMinimum":0},"g":{"minimum":2}}}""", """{"a":5,"b":6,"c":-3,"d":6,"e":0.5,"f":1,"g":2}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","minLength":6},"b":{"type":"string","maxLength":2},"c":{"type":"string","format":"date"}}}""", """{"a":"textxx","b":"te","c":"2024-05-13"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"integer","minimum":1},{"type":"null"}]},"b":{"oneOf":[{"type":"boolean"}]}}}""", """{"a":1,"b":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/p"}},"$defs":{"p":{"type":"object","properties":{"x":{"type":"integer"}}}}}""", """{"a":{"x":0}}""")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["value","children"],"properties":{"value":{"type":"integer"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}}}}}""", """{"value":0,"children":[],"next":null}""")]
    [InlineData("""{"type":"object","required":["next"],"properties":{"next":{"$ref":"#"}}}""", "{}")]
    [InlineData("""{"type":"object","required":["unnamed"],"allOf":[{"properties":{"a":{"type":"integer"}}}],"properties":{"b":{"type":"integer"}}}""", """{"a":0,"b":0,"unnamed":"text"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","pattern":"^[A-Z]{2}-\\d{4,6}$"},"b":{"type":"string","pattern":"(?<=x)y"}}}""", """{"a":"AA-0000","b":"text"}""")]
    public void It_is_a_plain_instance(string schema, string instance) => Assert.Equal(instance, Sample(schema, isWrong: false));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""", """{"a":12345,"b":0}""")]
    [InlineData("""{"type":"object","properties":{"a":{},"items":{"type":"array","items":{"type":"object","properties":{"price":{"type":"number"}}}}}}""", """{"a":"text","items":[{"price":"wrong"}]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"integer"},{"type":"string"}]},"b":{"enum":["x"]}}}""", """{"a":0,"b":12345}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":["integer","string"]}}}""", "{\"a")]
    public void It_can_be_made_wrong_in_one_value_or_as_JSON(string schema, string text) => Assert.Equal(text, Sample(schema, isWrong: true));

    [Theory]
    [InlineData("", "")]
    [InlineData("^a$", "a")]
    [InlineData("^(red|green)+x?$", "red")]
    [InlineData(@"^\+?[1-9]\d{1,14}$", "10")]
    [InlineData(@"^[^@\s]+@[^@\s]+\.[a-z]{2,}?$", "a@a.aa")]
    [InlineData(@"^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$", "aa:aa:aa:aa:aa:aa")]
    [InlineData(@"^\p{Lu}\x41\u0042\.$", "AAB.")]
    [InlineData("[^a0A]", "-")]
    [InlineData(@"^[\]x-z]$", "x")]
    [InlineData("^a|b$", "a")]
    // Found by looking around or back; more than is worth making; never; no expression.
    [InlineData("^(?=b)b$", null)]
    [InlineData(@"^(.)\1$", null)]
    [InlineData("^a{20000}$", null)]
    [InlineData("^((((a{999}){999}){999}){999})$", null)]
    [InlineData("a^", null)]
    [InlineData("(", null)]
    [InlineData("[", null)]
    [InlineData("\\", null)]
    public void A_pattern_is_kept_to_where_it_can_be(string pattern, string? text) => Assert.Equal(text, PatternSample.Of(pattern));

    [Fact]
    public void A_pattern_that_is_nested_deep_is_given_up_on() => Assert.Null(PatternSample.Of(new string('(', 900) + "a" + new string(')', 900)));

    [Fact]
    public void Definitions_that_name_each_other_without_end_are_given_up_on()
    {
        IEnumerable<string> definitions = Enumerable.Range(0, 40).Select(index =>
            """ "dN":{"type":"object","properties":{"a":{"$ref":"#/$defs/dM"},"b":{"$ref":"#/$defs/dM"}}}""".Replace("M", $"{index + 1}", StringComparison.Ordinal).Replace("N", $"{index}", StringComparison.Ordinal));
        string schema = """{"$ref":"#/$defs/d0","$defs":{D,"d40":{"type":"integer"}}}""".Replace("D,", string.Join(",", definitions) + ",", StringComparison.Ordinal);
        Assert.InRange(Sample(schema, isWrong: false).Length, 1000, 1_000_000);
    }

    [Fact]
    public void Definitions_in_a_chain_without_end_are_given_up_on()
    {
        IEnumerable<string> definitions = Enumerable.Range(0, 9_000).Select(index => $"\"d{index}\":{{\"$ref\":\"#/$defs/d{index + 1}\"}}");
        Assert.Equal("{}", Sample($"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{string.Join(",", definitions)},\"d9000\":{{\"type\":\"integer\"}}}}}}", isWrong: false));
    }

    [Fact]
    public async Task The_answer_to_a_schema_keeps_to_it_and_breaks_it_once_by_a_rule()
    {
        const string Format = """,{MORE}"response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["price"],"properties":{"price":{"type":"number"}}}}}""";
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.SchemaMismatch });
        Assert.StartsWith("You asked", await AskAsync(simulator, "Hi", ""), StringComparison.Ordinal);
        Assert.Equal("""{"price":"wrong"}""", await AskAsync(simulator, "Hi", Format.Replace("{MORE}", "", StringComparison.Ordinal)));
        Assert.Equal("""{"price":0}""", await AskAsync(simulator, "Hi", Format.Replace("{MORE}", "", StringComparison.Ordinal)));
        Assert.Equal("""{"price""", await AskAsync(simulator, "Hi", Format.Replace("{MORE}", "\"max_tokens\":1,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""Answer with JSON that keeps to this JSON Schema:\n```json\n{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}\n```\nNothing else.""", """{"n":0}""")]
    [InlineData("""What is a JSON Schema? {not one}""", null)]
    [InlineData("""What is a JSON Schema? {\"a\":1}""", null)]
    public async Task A_schema_that_a_message_tells_is_kept_to(string prompt, string? text)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        string answer = await AskAsync(simulator, prompt, "");
        Assert.Equal(text ?? answer, answer);
        Assert.Equal(text is null, answer.StartsWith("You asked", StringComparison.Ordinal));
    }

    private static async Task<string> AskAsync(SimulatorFixture simulator, string prompt, string more)
    {
        using HttpResponseMessage answer = await simulator.AskAsync(prompt, more);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static string Sample(string schema, bool isWrong)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return SchemaSample.Text(document.RootElement, isWrong);
    }
}
