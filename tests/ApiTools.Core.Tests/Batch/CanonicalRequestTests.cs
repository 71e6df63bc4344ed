using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class CanonicalRequestTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData(""" { "a" : [ 1 , true , null , "x" ] } """, """{"a":[1,true,null,"x"]}""")]
    [InlineData("""{"z":{"y":{"b":[{"d":1,"c":2}],"a":0},"x":1},"":0}""", """{"":0,"z":{"x":1,"y":{"a":0,"b":[{"c":2,"d":1}]}}}""")]
    [InlineData("""{"a":"\u0041\/\n\u001b\"\\é\ud83d\ude00\ud800"}""", """{"a":"A/\n\u001b\"\\é😀\ud800"}""")]
    [InlineData("""{"n":1.0,"m":1,"o":1e2,"p":12345678901234567890123}""", """{"m":1,"n":1.0,"o":1e2,"p":12345678901234567890123}""")]
    [InlineData("""{"a":1,"stream":true,"stream_options":{"include_usage":true},"x":{"stream":1}}""", """{"a":1,"x":{"stream":1}}""")]
    [InlineData("""{"stream":true}""", "{}")]
    [InlineData("""{"str\u0065am":true,"b":1}""", """{"b":1}""")]
    [InlineData("""{"max_completion_tokens":5,"x":{"max_completion_tokens":5}}""", """{"max_tokens":5,"x":{"max_completion_tokens":5}}""")]
    [InlineData("""{"a":2,"b":0,"a":1}""", """{"a":2,"a":1,"b":0}""")]
    [InlineData("""{"\ud800":1,"a":2,"s\ud800ream":3}""", """{"\ud800":1,"a":2,"s\ud800ream":3}""")]
    [InlineData("""{"b":[],"a":{}}""", """{"a":{},"b":[]}""")]
    [InlineData("[[],[[]],{},1]", "[[],[[]],{},1]")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("{broken", "{broken")]
    public void A_request_has_one_form(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalRequest.Write(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"t":1}""", """{"t":1.0}""")]
    [InlineData("""{"t":1}""", """{"t":"1"}""")]
    [InlineData("""{"t":[1,2]}""", """{"t":[2,1]}""")]
    [InlineData("""{"t":{"a":1}}""", """{"t":{"b":1}}""")]
    [InlineData("""{"t":"\ud800"}""", """{"t":"\ud801"}""")]
    public void What_asks_for_something_else_has_another_hash(string a, string b) => Assert.NotEqual(Hash(a), Hash(b));

    [Fact]
    public void Depth_is_no_limit()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"z":0,"a":[""", 200)) + string.Concat(Enumerable.Repeat("]}", 200));
        string sorted = string.Concat(Enumerable.Repeat("""{"a":[""", 200)) + string.Concat(Enumerable.Repeat("""],"z":0}""", 200));
        Assert.Equal(sorted, Encoding.UTF8.GetString(CanonicalRequest.Write(Encoding.UTF8.GetBytes(deep))));
        string deepest = new string('[', 100_000) + new string(']', 100_000);
        Assert.Equal(deepest, Encoding.UTF8.GetString(CanonicalRequest.Write(Encoding.UTF8.GetBytes(deepest))));
    }

    [Fact]
    public void Any_order_of_members_has_the_same_hash()
    {
        Random random = new(11);
        for (int i = 0; i < 500; i++)
        {
            JsonNode? node = Make(random, 4);
            Assert.Equal(Hash(node?.ToJsonString() ?? "null"), Hash(Shuffle(node, random)?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null"));
        }
    }

    [Fact]
    public void Its_hash_is_the_SHA_256_of_that_form() => Assert.Equal(
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"a":2,"b":1}"""u8)),
        Digest.Hex(CanonicalRequest.Hash("""{"b":1,"stream":false,"a":2}"""u8)));

    private static string Hash(string json) => Digest.Hex(CanonicalRequest.Hash(Encoding.UTF8.GetBytes(json)));

    private static JsonNode? Make(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(100) / 4d),
        2 => JsonValue.Create("é\n\"😀" + random.Next(10)),
        3 => JsonValue.Create(true),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(i => KeyValuePair.Create($"{(char)('a' + (i * 7 % 6))}\"{i}", Make(random, depth - 1)))),
    };

    private static JsonNode? Shuffle(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonObject members:
                KeyValuePair<string, JsonNode?>[] all = [.. members.Select(member => KeyValuePair.Create(member.Key, Shuffle(member.Value, random)))];
                random.Shuffle(all);
                return new JsonObject(all);
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Shuffle(item, random))]);
            default:
                return node?.DeepClone();
        }
    }
}
