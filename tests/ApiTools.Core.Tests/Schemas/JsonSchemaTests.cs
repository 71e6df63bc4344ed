using System.Text;
using ApiTools.Schemas;

namespace ApiTools.Core.Tests.Schemas;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("[]", "$: expected a schema, which is an object, found an array")]
    [InlineData("\"text\"", "$: expected a schema, which is an object, found string \"text\"")]
    [InlineData("""{"type":"text"}""", "$.type: expected one of string, number, integer, boolean, object, array, null, found string \"text\"")]
    [InlineData("""{"type":[]}""", "$.type: expected a type, found an array")]
    [InlineData("""{"properties":{"x":{"not":{}}}}""", "$.properties.x: 'not' is not supported")]
    [InlineData("""{"allOf":[{}]}""", "$: 'allOf' is not supported")]
    [InlineData("""{"items":{"patternProperties":{}}}""", "$.items: 'patternProperties' is not supported")]
    [InlineData("""{"properties":[]}""", "$.properties: expected an object of schemas, found an array")]
    [InlineData("""{"required":"a"}""", "$.required: expected an array of names, found string \"a\"; in PowerShell an array of one is @('name')")]
    [InlineData("""{"items":[{}]}""", "$.items: expected one schema for all items, found an array")]
    [InlineData("""{"enum":[]}""", "$.enum: expected an array of one value or more, found an array")]
    [InlineData("{\"type\":\"object\"", "$ is no JSON in line 1, column 17: The text ends before the JSON does: the object that begins at line 1, column 1 is still open")]
    [InlineData("""{"anyOf":{}}""", "$.anyOf: expected an array of schemas, found an object")]
    [InlineData("""{"minItems":-1}""", "$.minItems: expected a whole number from 0 on, found number -1")]
    [InlineData("""{"minimum":"1"}""", "$.minimum: expected a number, found string \"1\"")]
    [InlineData("""{"multipleOf":0}""", "$.multipleOf: expected a number above 0, found number 0")]
    [InlineData("""{"format":"uri"}""", "$.format: the format 'uri' is not supported; these are: date-time, date, time, duration, email, hostname, ipv4, ipv6, uuid")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "$.$ref leads to \"#/$defs/none\", which is not there")]
    [InlineData("""{"$ref":"https://example.com/s"}""", "$.$ref: expected a place in this schema, such as \"#/$defs/item\", found string \"https://example.com/s\"")]
    [InlineData("""{"type":"string","type":"number"}""", "$.type is there twice")]
    [InlineData("""{"additionalProperties":false,"required":["a"]}""", "$.required requires 'a', which is none of the properties, and additionalProperties allows no other")]
    [InlineData("""{"$ref":"#"}""", "$ is recursive without end: its $ref or anyOf leads back to itself")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"string"}]}}}""", "$.$defs.a is recursive without end: its $ref or anyOf leads back to itself")]
    [InlineData("""{"type":"object","properties":{"next":{"$ref":"#"}},"required":["next"]}""", "$.properties.next is recursive without end: no finite JSON matches it")]
    [InlineData("""{"type":"array","minItems":1,"items":{"$ref":"#"}}""", "$.items is recursive without end: no finite JSON matches it")]
    public void What_is_no_schema_of_services_is_refused_with_its_place(string schema, string fault) =>
        Assert.Equal($"The schema cannot be used: {fault}.", Refusal(schema, isStrict: false).Message);

    [Fact]
    public void A_refusal_is_a_typed_error()
    {
        ApiException refusal = Refusal("[]", isStrict: false);
        Assert.IsType<ApiRequestException>(refusal);
        Assert.Equal(("invalid_value", "Schema", "Get-Help Invoke-ApiChat -Parameter Schema"), (refusal.Code, refusal.Param, refusal.NextCommand));
    }

    [Theory]
    [InlineData("{\n  \"type\": string\n}", "$ is no JSON in line 2, column 11: ")]
    [InlineData("", "$ is no JSON")]
    [InlineData("""{"pattern":"("}""", "$.pattern is no regular expression: ")]
    public void What_another_reader_finds_is_told_in_its_words(string schema, string start) =>
        Assert.StartsWith($"The schema cannot be used: {start}", Refusal(schema, isStrict: false).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"array"}""", "$: expected a schema of type object, without anyOf: strict takes no other for the whole answer")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "$: strict needs 'additionalProperties' to be false")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{}},"required":["a"],"additionalProperties":false}""", "$: strict needs every property in 'required', and 'b' is not; one that may be left out is of the types it has and null")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false}""", "$.properties.a: strict needs 'additionalProperties' to be false")]
    public void Strict_demands_more(string schema, string fault)
    {
        Assert.Equal($"The schema cannot be used: {fault}.", Refusal(schema, isStrict: true).Message);
        JsonSchema.Read(Encoding.UTF8.GetBytes(schema), isStrict: false);
    }

    [Fact]
    public void A_strict_schema_is_no_larger_than_services_take()
    {
        Assert.Equal("The schema cannot be used: $ has 5,001 properties; services take 5,000.", Refusal(Closed(5_001, "{}"), isStrict: true).Message);
        JsonSchema.Read(Encoding.UTF8.GetBytes(Closed(5_000, "{}")), isStrict: true);
        Assert.Equal("The schema cannot be used: $ has 1,001 values in enums; services take 1,000.", Refusal(Closed(1001, """{"enum":[1]}"""), isStrict: true).Message);
        Assert.EndsWith("is nested 11 levels deep; services take 10.", Refusal(Nested(11), isStrict: true).Message, StringComparison.Ordinal);
        JsonSchema.Read(Encoding.UTF8.GetBytes(Nested(10)), isStrict: true);
        string values = string.Join(",", Enumerable.Range(0, 251).Select(i => $"\"{i:D60}\""));
        Assert.Equal("The schema cannot be used: $.properties.p0.enum has 251 values of 15060 characters; of more than 250 services take 15000 characters.", Refusal(Closed(1, $$"""{"enum":[{{values}}]}"""), isStrict: true).Message);
        Assert.Equal("The schema cannot be used: $ has 120,002 characters in names and values; services take 120,000.", Refusal(Closed(1, $$"""{"const":"{{new string('x', 120_000)}}"}"""), isStrict: true).Message);
    }

    [Fact]
    public void A_schema_of_more_than_a_megabyte_is_refused() =>
        Assert.Equal("The schema cannot be used: $ is 1024 kB long, which is more than any service takes (1024 kB).", Refusal($$"""{"title":"{{new string('x', 1024 * 1024)}}"}""", isStrict: false).Message);

    [Fact]
    public void A_chain_of_references_is_bounded()
    {
        string definitions = string.Join(",", Enumerable.Range(0, 20_000).Select(i => $$"""
            "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}" }
            """));
        Assert.Contains("refers to a schema through more than 64 others", Refusal("{\"$defs\":{" + definitions + ",\"d20000\":{}}}", isStrict: false).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_annotations_are_no_fault()
    {
        JsonSchema schema = JsonSchema.Read(Encoding.UTF8.GetBytes("\ufeff{\"title\":\"Order\",\"description\":\"d\",\"default\":1,\"examples\":[],\"$schema\":\"s\",\"$comment\":\"c\",\"deprecated\":true}"), isStrict: false);
        Assert.Equal("Order", schema.Title);
        Assert.Equal((byte)'{', schema.Utf8Json.Span[0]);
    }

    private static string Closed(int count, string property)
    {
        string properties = string.Join(",", Enumerable.Range(0, count).Select(i => $"\"p{i}\":{property}"));
        string required = string.Join(",", Enumerable.Range(0, count).Select(i => $"\"p{i}\""));
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required + "],\"additionalProperties\":false}";
    }

    private static string Nested(int levels) => levels == 1 ? Closed(1, "{}") : Closed(1, Nested(levels - 1));

    private static ApiException Refusal(string schema, bool isStrict) => Assert.ThrowsAny<ApiException>(() => JsonSchema.Read(Encoding.UTF8.GetBytes(schema), isStrict));
}
