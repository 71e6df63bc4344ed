using System.Text;
using ApiTools.Schemas;

namespace ApiTools.Core.Tests.Schemas;

public sealed class SchemaCheckTests
{
    private const string Order = """
        {"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"price":{"type":"number"},"unit price":{"type":["number","null"]}},"required":["price"]}}},"required":["items"],"additionalProperties":false}
        """;

    private const string List = """{"$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}},"$ref":"#/$defs/node"}""";

    [Theory]
    [InlineData(Order, """{"items":[]}""")]
    [InlineData(Order, """{"items":[{"price":1.5,"unit price":null,"more":{}}]}""")]
    [InlineData(List, """{"value":1,"next":{"value":2.0,"next":null}}""")]
    [InlineData("""{"type":"integer"}""", "1e3")]
    [InlineData("""{"enum":[1,"a",null,{"a":1,"b":[2]}]}""", """{"b":[2.0],"a":1e0}""")]
    [InlineData("""{"const":0}""", "-0.0")]
    [InlineData("""{"minimum":0.1,"exclusiveMaximum":0.3}""", "0.29999999999999999999999999999999")]
    [InlineData("""{"multipleOf":0.01}""", "4.35")]
    [InlineData("""{"multipleOf":0.01}""", "1e400")]
    [InlineData("""{"multipleOf":7}""", "70000000000000000000000000000000000000007")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀a\"")]
    [InlineData("""{"pattern":"b+"}""", "\"abbc\"")]
    [InlineData("""{"pattern":"^\\p{L}+$"}""", "\"é\"")]
    [InlineData("""{"minItems":1,"maxItems":2,"items":true}""", "[1,{}]")]
    [InlineData("""{"items":{"type":"string"},"minimum":3,"pattern":"x"}""", "{}")]
    [InlineData("true", "[{}]")]
    [InlineData("{}", "null")]
    [InlineData("""{"additionalProperties":{"type":"number"},"properties":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""")]
    [InlineData("""{"$defs":{"a b/~":{"type":"null"}},"$ref":"#/$defs/a%20b~1~0"}""", "null")]
    public void What_matches_has_no_mismatch(string schema, string answer) => Assert.Null(Find(schema, answer));

    [Theory]
    [InlineData(Order, """{"items":[{"price":1},{"price":2},{"price":3},{"price":"4"}]}""", "$.items[3].price: expected number, found string \"4\"")]
    [InlineData(Order, """{"items":[{"price":1,"unit price":"x"}]}""", "$.items[0]['unit price']: expected number or null, found string \"x\"")]
    [InlineData(Order, """{"items":[{}]}""", "$.items[0].price: expected number, and it is not there")]
    [InlineData(Order, """{"items":[],"more":1}""", "$.more is not allowed")]
    [InlineData(Order, "[]", "$: expected object, found an array")]
    [InlineData(List, """{"value":1,"next":{"value":"2","next":null}}""", "$.next.value: expected integer, found string \"2\"")]
    [InlineData(List, """{"value":1,"next":7}""", "$.next: expected object or null, found number 7")]
    [InlineData("""{"type":"integer"}""", "1.5", "$: expected integer, found number 1.5")]
    [InlineData("""{"type":"integer"}""", "1e-1", "$: expected integer, found number 1e-1")]
    [InlineData("""{"enum":["a","b",1]}""", "\"c\"", "$: expected one of \"a\", \"b\", 1, found string \"c\"")]
    [InlineData("""{"const":{"a":1}}""", """{"a":2}""", "$: expected an object, found an object")]
    [InlineData("""{"minimum":1}""", "0.9999999999999999999999999999", "$: expected at least 1, found 0.9999999999999999999999999999")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.0", "$: expected more than 1, found 1.0")]
    [InlineData("""{"maximum":9007199254740992}""", "9007199254740993", "$: expected at most 9007199254740992, found 9007199254740993")]
    [InlineData("""{"exclusiveMaximum":-1}""", "-1", "$: expected less than -1, found -1")]
    [InlineData("""{"multipleOf":0.01}""", "4.355", "$: expected a multiple of 0.01, found 4.355")]
    [InlineData("""{"multipleOf":7}""", "70000000000000000000000000000000000000008", "$: expected a multiple of 7, found 70000000000000000000000000000000000000008")]
    [InlineData("""{"minLength":3}""", "\"😀a\"", "$: expected at least 3 characters, found 2")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "$: expected at most 1 characters, found 2")]
    [InlineData("""{"pattern":"^b$"}""", "\"b\\n\"", "$: expected a match of the pattern '^b$', found string \"b\"")]
    [InlineData("""{"pattern":"^\\d$"}""", "\"٣\"", "$: expected a match of the pattern '^\\d$', found string \"٣\"")]
    [InlineData("""{"minItems":2}""", "[1]", "$: expected at least 2 items, found 1")]
    [InlineData("""{"maxItems":0}""", "[1]", "$: expected at most 0 items, found 1")]
    [InlineData("""{"anyOf":[{"type":"string","pattern":"^a"},{"type":"null"}]}""", "\"b\"", "$: expected a match of the pattern '^a', found string \"b\"")]
    [InlineData("""{"anyOf":[{"type":"object","properties":{"a":{"type":"number"}}},{"type":"object","properties":{"b":{"type":"number"}},"required":["b"]}]}""", """{"a":"x"}""", "$.a: expected number, found string \"x\"")]
    [InlineData("false", "1", "$ is not allowed")]
    [InlineData("{}", """{"a":[{"b":1,"c":2,"b":3}]}""", "$.a[0].b is there twice")]
    [InlineData("{}", """{"a":"\ud800"}""", "$.a is no text: it has half of a surrogate pair in it")]
    [InlineData("{}", """{"\ud800":1}""", "$ has a name with half of a surrogate pair in it")]
    [InlineData("{}", """{"it's\u001b":{"a":1,"a":1}}""", "$['it\\'s\u241b'].a is there twice")]
    public void What_does_not_match_is_told_with_its_place(string schema, string answer, string mismatch) => Assert.Equal(mismatch, Find(schema, answer));

    [Theory]
    [InlineData("", "$ is no JSON")]
    [InlineData("Sure! {}", "$ is no JSON")]
    [InlineData("""{"a":1""", "$ is no JSON")]
    [InlineData("{\"a\":1}\n x", "$ is no JSON in line 2, column 2: ")]
    public void What_is_no_JSON_is_told(string answer, string start) => Assert.StartsWith(start, Find("{}", answer), StringComparison.Ordinal);

    [Fact]
    public void An_answer_that_is_nested_too_deep_is_told() =>
        Assert.StartsWith("$ is no JSON", Find("{}", new string('[', 100_000) + new string(']', 100_000)), StringComparison.Ordinal);

    [Theory]
    [InlineData("date-time", "2024-02-29T23:59:60Z 2024-02-29t01:02:03.5+01:30 1998-12-31T15:59:60.123-08:00", "2023-02-29T00:00:00Z 2024-01-01T00:00:00 2024-01-01 2024-01-01T24:00:00Z 2024-01-01T22:59:60Z 2024-01-01T00:00:00+24:00")]
    [InlineData("date", "2024-02-29 0001-01-01", "2023-02-29 2024-1-1 20240101 ٢٠٢٤-01-01")]
    [InlineData("time", "00:00:00Z 23:59:60Z 08:30:06.283185Z", "00:00:00 1:00:00Z 00:60:00Z 00:00:61Z 00:00:00.Z 12:00:00+0100")]
    [InlineData("duration", "P1Y2M3DT4H5M6S P4W PT36H P0D PT1M P1M", "P PT P1 P1D2H P2S P1YT P1W1D PT1D 1D P-1D P1.5D PT1M1H P1M1Y")]
    [InlineData("email", "a@b.example joe.bloggs@example.com \"a@b\"@example.com a@[127.0.0.1]", "a @b a@ .a@b a..b@c a.@b a@b@c a@-b")]
    [InlineData("hostname", "example.com a a-b.c1 xn--4gbwdl.xn--wgbh1c", "-a a- a..b a_b .a a.")]
    [InlineData("ipv4", "0.0.0.0 255.255.255.255", "256.1.1.1 1.2.3 01.2.3.4 1.2.3.4.5 1.2.3.a ٣.1.1.1")]
    [InlineData("ipv6", "::1 ::ffff:1.2.3.4 2001:db8::1", "1.2.3.4 ::1%eth0 ::1/64 [::1] 12345:: 1::2::3")]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380 2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380 {2eb8aa08-aa98-11ea-b4aa-73b441d16380} 2eb8aa08-aa98-11ea-b4aa-73b441d1638g")]
    public void The_formats_are_checked(string format, string valid, string invalid)
    {
        string schema = $$"""{"format":"{{format}}"}""";
        Assert.All(valid.Split(' '), text => Assert.Null(Find(schema, Quote(text))));
        Assert.All(invalid.Split(' '), text => Assert.StartsWith($"$: expected the format '{format}', found string", Find(schema, Quote(text)), StringComparison.Ordinal));
        Assert.Null(Find(schema, "12"));
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_ends_in_a_mismatch() =>
        Assert.Equal("$ takes too long to match against the pattern '^(a+)+$'", Find("""{"pattern":"^(a+)+$"}""", Quote(new string('a', 40) + "!")));

    [Fact]
    public void Choices_within_choices_do_not_multiply()
    {
        // Each level asks twice for the next: 2^60 ways without a memory.
        StringBuilder answer = new("1");
        for (int i = 0; i < 60; i++)
        {
            answer.Insert(0, "{\"n\":").Append('}');
        }
        const string Twice = """{"$defs":{"t":{"anyOf":[{"type":"object","properties":{"n":{"$ref":"#/$defs/t"},"a":{"type":"string"}},"required":["n"]},{"type":"object","properties":{"n":{"$ref":"#/$defs/t"}}},{"type":"string"}]}},"$ref":"#/$defs/t"}""";
        Assert.EndsWith(".n: expected object or string, found number 1", Find(Twice, answer.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_answer_is_checked_in_time_that_grows_with_its_length()
    {
        string answer = $$"""{"items":[{{string.Join(",", Enumerable.Repeat("""{"price":1.25}""", 200_000))}}]}""";
        Assert.Null(Find(Order, answer));
        Assert.Equal("$.items[200000].price: expected number, found null", Find(Order, answer.Replace("]}", """,{"price":null}]}""", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_number_of_a_million_digits_is_compared_exactly()
    {
        string digits = new('7', 1_000_000);
        Assert.Null(Find("""{"multipleOf":7}""", digits));
        Assert.NotNull(Find("""{"multipleOf":7}""", digits + "8"));
        Assert.NotNull(Find("""{"maximum":1e999999}""", digits));
        Assert.Null(Find("""{"maximum":1e99999999999999999999}""", "1e1000000"));
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string? Find(string schema, string answer)
    {
        JsonTree? tree = JsonTreeReader.Read(Encoding.UTF8.GetBytes(answer), out SchemaMismatch? fault);
        return (fault ?? SchemaCheck.Find(JsonSchema.Read(Encoding.UTF8.GetBytes(schema), isStrict: false), tree!, TimeProvider.System))?.ToString();
    }
}
