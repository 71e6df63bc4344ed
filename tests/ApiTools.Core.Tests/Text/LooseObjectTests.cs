using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

public sealed class LooseObjectTests
{
    [Theory]
    [InlineData("{'a': None, 'b': True, 'c': [1, 'x'], 'd': {'e': \"it's\"}}", "{\"a\":null,\"b\":true,\"c\":[1,\"x\"],\"d\":{\"e\":\"it's\"}}")]
    [InlineData("{'a': b'x\\x41', 'b': u'\\u00e9', 'c': (1, 2)}", "{\"a\":\"xA\",\"b\":\"é\",\"c\":[1,2]}")]
    [InlineData("{\n  status: 429,\n  headers: Headers { 'x-a': '1' },\n  request: [Object],\n  f: [Function: f],\n  u: undefined\n}", "{\"status\":429,\"headers\":{\"x-a\":\"1\"},\"request\":null,\"f\":null,\"u\":null}")]
    [InlineData("{ m: 'one ' +\n    'two' }", "{\"m\":\"one two\"}")]
    [InlineData("{\"a\"=>{\"b\"=>1}, :c=>nil}", "{\"a\":{\"b\":1},\"c\":null}")]
    [InlineData("{\"a\":\"x\\n\\\"y\\\"\"}", "{\"a\":\"x\\u000a\\\"y\\\"\"}")]
    [InlineData("{'a': 'cut he", "{\"a\":\"cut he\"}")]
    [InlineData("{'a': <Response [429]>, 'b': 1}", "{\"a\":\"<Response [429]>\",\"b\":1}")]
    public void An_object_becomes_JSON_whoever_wrote_it(string text, string json)
    {
        string read = LooseObject.ToJson(text, 0, out _);

        Assert.Equal(json, read);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(read);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public void A_string_in_many_parts_takes_time_in_proportion_to_them() => Growth.AssertLinear(
        parts => "{ m: " + string.Join(" + ", Enumerable.Repeat("'a few words of it'", parts)) + " }",
        text => LooseObject.ToJson(text, 0, out _),
        3_000);
}
