using System.Text;
using System.Text.Json.Nodes;
using ApiTools.Repair;

namespace ApiTools.Core.Tests.Repair;

public sealed class PatchedTextTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"replace","path":"/b","value":3}]""", """{"a":1,"b":3}""")]
    [InlineData("{ \"a\" : 1.50e0 ,\t\"b\":2 }", """[{"op":"replace","path":"/b","value":"x"}]""", "{ \"a\" : 1.50e0 ,\t\"b\":\"x\" }")]
    [InlineData("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}\r\n", """[{"op":"remove","path":"/b"}]""", "{\r\n  \"a\": 1\r\n}\r\n")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}", """[{"op":"remove","path":"/a"}]""", "{\n  \"b\": 2\n}")]
    [InlineData("{\n  \"a\": 1\n}", """[{"op":"remove","path":"/a"}]""", "{}")]
    [InlineData("[1, 2, 3]", """[{"op":"remove","path":"/1"}]""", "[1, 3]")]
    [InlineData("[ 1, 2 ]", """[{"op":"remove","path":"/0"}]""", "[ 2 ]")]
    [InlineData("{}", """[{"op":"add","path":"/a","value":{"b":[1, 2]}}]""", """{"a":{"b":[1, 2]}}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":true}]""", """{"a":1,"b":true}""")]
    [InlineData("""{"a": 1}""", """[{"op":"add","path":"/b","value":true}]""", """{"a": 1, "b": true}""")]
    [InlineData("""{ "a": 1 }""", """[{"op":"add","path":"/b","value":true}]""", """{ "a": 1, "b": true }""")]
    [InlineData("{\n\t\"a\": 1\n}", """[{"op":"add","path":"/b","value":true}]""", "{\n\t\"a\": 1,\n\t\"b\": true\n}")]
    [InlineData("{ \"a\" : 1\n, \"c\" : 2\n}", """[{"op":"add","path":"/b","value":true}]""", "{ \"a\" : 1\n, \"c\" : 2\n, \"b\" : true\n}")]
    [InlineData("[\n  1,\n  2\n]", """[{"op":"add","path":"/1","value":9}]""", "[\n  1,\n  9,\n  2\n]")]
    [InlineData("[\n  1\n]", """[{"op":"add","path":"/0","value":9}]""", "[\n  9,\n  1\n]")]
    [InlineData("[1, 2]", """[{"op":"add","path":"/-","value":9}]""", "[1, 2, 9]")]
    [InlineData("[1, 2]", """[{"op":"add","path":"/2","value":9}]""", "[1, 2, 9]")]
    [InlineData("""{"a/b":1,"m~n":2}""", """[{"op":"remove","path":"/a~1b"},{"op":"replace","path":"/m~0n","value":3}]""", """{"m~n":3}""")]
    [InlineData("""{"\u0061":1}""", """[{"op":"replace","path":"/a","value":2}]""", """{"\u0061":2}""")]
    [InlineData("""{"tmp": 0.50, "x": 1}""", """[{"op":"move","from":"/tmp","path":"/temperature"}]""", """{"temperature": 0.50, "x": 1}""")]
    [InlineData("""{"a":{"n":1E2},"b":0}""", """[{"op":"move","from":"/a/n","path":"/b"}]""", """{"a":{},"b":1E2}""")]
    [InlineData("""[1,2,3]""", """[{"op":"move","from":"/0","path":"/2"}]""", "[2,3,1]")]
    [InlineData("""{"a":[1.0]}""", """[{"op":"copy","from":"/a","path":"/b"}]""", """{"a":[1.0],"b":[1.0]}""")]
    [InlineData("""{"a":1,"a":2}""", """[{"op":"replace","path":"/a","value":3}]""", """{"a":1,"a":3}""")]
    [InlineData("\uFEFF{\"a\":1}", """[{"op":"replace","path":"/a","value":2}]""", "\uFEFF{\"a\":2}")]
    [InlineData("""{"a":100}""", """[{"op":"test","path":"/a","value":1e2},{"op":"remove","path":"/a"}]""", "{}")]
    [InlineData("1", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    public void A_patch_changes_its_place_and_nothing_around_it(string text, string patch, string patched) =>
        Assert.Equal(patched, Encoding.UTF8.GetString(PatchedText.Apply(Encoding.UTF8.GetBytes(text), patch)));

    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1}]""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/a","value":1}]""")]
    [InlineData("""{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""")]
    [InlineData("""{"a":1}""", "[]")]
    public void A_patch_that_changes_nothing_gives_the_same_bytes(string text, string patch)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Same(bytes, PatchedText.Apply(bytes, patch));
    }

    [Theory]
    [InlineData("{}", """[{"op":"remove","path":"/a"}]""", "it does not fit the text: at '/a', there is nothing.")]
    [InlineData("{}", """[{"op":"replace","path":"/a","value":1}]""", "it does not fit the text: at '/a', there is nothing.")]
    [InlineData("{}", """[{"op":"add","path":"/a/b","value":1}]""", "it does not fit the text: at '/a/b', there is neither an object nor an array to add to.")]
    [InlineData("[1]", """[{"op":"add","path":"/2","value":1}]""", "it does not fit the text: at '/2', the array has no such index.")]
    [InlineData("[1]", """[{"op":"replace","path":"/00","value":1}]""", "it does not fit the text: at '/00', there is nothing.")]
    [InlineData("[1]", """[{"op":"remove","path":"/-"}]""", "it does not fit the text: at '/-', there is nothing.")]
    [InlineData("[1]", """[{"op":"remove","path":""}]""", "it does not fit the text: at '/', the whole document cannot be removed.")]
    [InlineData("""{"a":{}}""", """[{"op":"move","from":"/a","path":"/a/b"}]""", "it moves a value into itself.")]
    [InlineData("[1]", """[{"op":"test","path":"/0","value":2}]""", "it does not fit the text: at '/0', the value there is not the one that it tests for.")]
    [InlineData("[1]", """[{"op":"remove","path":"0"}]""", "the path of an operation is no JSON Pointer.")]
    [InlineData("[1]", """[{"op":"remove","path":"/~2"}]""", "the path of an operation is no JSON Pointer.")]
    [InlineData("[1]", """[{"op":"delete","path":"/0"}]""", "the op of an operation is none of add, remove, replace, move, copy and test.")]
    [InlineData("[1]", """[{"op":"add","path":"/0"}]""", "an operation has no value.")]
    [InlineData("[1]", """[{"op":"move","path":"/0"}]""", "an operation has no from.")]
    [InlineData("[1]", "[1]", "an operation of it is no object.")]
    [InlineData("[1]", "{}", "it is no array of operations.")]
    [InlineData("[1]", "[", "it is no JSON, or has half a character in it.")]
    [InlineData("[1]", """[{"op":"remove","path":"/\ud800"}]""", "it is no JSON, or has half a character in it.")]
    [InlineData("[1,]", """[{"op":"remove","path":"/0"}]""", "the text that it is for is no JSON.")]
    [InlineData("[1] 2", """[{"op":"remove","path":"/0"}]""", "the text that it is for is no JSON.")]
    [InlineData("", """[{"op":"remove","path":"/0"}]""", "the text that it is for is no JSON.")]
    public void A_patch_that_does_not_fit_is_a_typed_error(string text, string patch, string why)
    {
        ApiException failure = Assert.Throws<ApiRequestException>(() => PatchedText.Apply(Encoding.UTF8.GetBytes(text), patch));
        Assert.Equal(("invalid_value", "patch", $"The patch cannot be applied: {why}"), (failure.Code, failure.Param, failure.Message));
    }

    [Fact]
    public void It_says_the_same_as_a_plain_applier_over_a_tree()
    {
        int fitting = 0;
        for (int seed = 0; seed < 5_000; seed++)
        {
            RandomJson random = new(seed);
            string text = random.Document();
            JsonNode document = JsonNode.Parse(text)!;
            string patch = random.Patch(document);
            JsonNode? expected = PlainPatch.Apply(document, patch);
            JsonNode? actual = null;
            try
            {
                actual = JsonNode.Parse(PatchedText.Apply(Encoding.UTF8.GetBytes(text), patch));
            }
            catch (ApiRequestException)
            {
                // The plain one must refuse it too.
            }
            Assert.True((expected is null) == (actual is null) && JsonNode.DeepEquals(expected, actual), $"seed {seed}: {text} with {patch} is {actual?.ToJsonString()}, not {expected?.ToJsonString()}");
            fitting += expected is null ? 0 : 1;
        }
        Assert.InRange(fitting, 1_000, 4_000);
    }

    [Fact]
    public void What_is_undone_gives_the_bytes_of_before()
    {
        int tried = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            string text = new RandomJson(seed).Document();
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (JsonNode.Parse(text) is not JsonObject { Count: > 0 } members)
            {
                continue;
            }
            tried++;
            byte[] added = PatchedText.Apply(bytes, """[{"op":"add","path":"/new","value":[1,{"x":null}]}]""");
            Assert.Equal(bytes, PatchedText.Apply(added, """[{"op":"remove","path":"/new"}]"""));
            // A scalar's own spelling is not known to the tree, so that one goes there and back by way of the text.
            string pointer = JsonValue.Create("/" + members.First().Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))!.ToJsonString();
            byte[] moved = PatchedText.Apply(bytes, $$"""[{"op":"copy","from":{{pointer}},"path":"/new"},{"op":"replace","path":{{pointer}},"value":0}]""");
            byte[] back = PatchedText.Apply(moved, $$"""[{"op":"copy","from":"/new","path":{{pointer}}},{"op":"remove","path":"/new"}]""");
            Assert.Equal(text, Encoding.UTF8.GetString(back));
        }
        Assert.InRange(tried, 500, 2_000);
    }
}
