using System.Text;
using ApiTools.Tokens;
using ApiTools.Validation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Validation;

public sealed class ConversationCounterTests
{
    // The two examples of OpenAI's notebook, with the numbers that it prints: its own and the API's are the same.
    private const string Jargon = """
        [{"role":"system","content":"You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
        {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
        {"role":"system","name":"example_assistant","content":"Things working well together will increase revenue."},
        {"role":"system","name":"example_user","content":"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
        {"role":"system","name":"example_assistant","content":"Let's talk later when we're less busy about how to do better."},
        {"role":"user","content":"This late pivot means we don't have time to boil the ocean for the client deliverable."}]
        """;

    private const string Weather = """
        [{"role":"system","content":"You are a helpful assistant that can answer to questions about the weather."},
        {"role":"user","content":"What's the weather like in San Francisco?"}]
        """;

    private const string WeatherTools = """
        [{"type":"function","function":{"name":"get_current_weather","description":"Get the current weather in a given location","parameters":
        {"type":"object","properties":{"location":{"type":"string","description":"The city and state, e.g. San Francisco, CA"},
        "unit":{"type":"string","description":"The unit of temperature to return","enum":["celsius","fahrenheit"]}},"required":["location"]}}}]
        """;

    [Theory]
    [InlineData("gpt-3.5-turbo", 129)]
    [InlineData("gpt-4-0613", 129)]
    [InlineData("gpt-4", 129)]
    [InlineData("gpt-4o", 124)]
    [InlineData("gpt-4o-mini", 124)]
    [InlineData("gpt-4o-mini-2024-07-18", 124)]
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme::1", 124)]
    public void Messages_take_what_the_notebook_and_the_API_say(string model, long tokens)
    {
        ConversationCount count = Count(model, $$"""{"messages":{{Jargon}}}""");
        Assert.Equal(tokens, count.Tokens);
        Assert.Equal(tokens, count.Certain);
        Assert.True(count.IsExact);
    }

    [Theory]
    [InlineData("gpt-3.5-turbo", 105)]
    [InlineData("gpt-4", 105)]
    [InlineData("gpt-4o", 101)]
    [InlineData("gpt-4o-mini", 101)]
    public void Tools_take_what_the_notebook_and_the_API_say(string model, long tokens)
    {
        ConversationCount count = Count(model, $$"""{"messages":{{Weather}},"tools":{{WeatherTools}}}""");
        Assert.Equal(tokens, count.Tokens);
        Assert.True(count.IsExact);
    }

    // An earlier version of the notebook, 2023: 127 for the model that still had 4 a message and -1 a name.
    [Fact]
    public void The_first_chat_model_has_numbers_of_its_own() => Assert.Equal(127, Count("gpt-3.5-turbo-0301", $$"""{"messages":{{Jargon}}}""").Tokens);

    [Theory]
    [InlineData("gpt-5")]
    [InlineData("gpt-4.1")]
    [InlineData("o3")]
    [InlineData("gpt-oss-20b")]
    public void For_a_model_that_the_notebook_does_not_name_the_format_is_a_guess_and_the_text_is_sure(string model)
    {
        ConversationCount count = Count(model, $$"""{"messages":{{Jargon}}}""");
        Assert.Equal(124, count.Tokens);
        Assert.Equal(count.Parts.Sum(part => part.Text), count.Certain);
        Assert.False(count.IsExact);
        Assert.Contains($"not documented for {model}", Assert.Single(count.Notes), StringComparison.Ordinal);
        Assert.Empty(count.Gaps);
    }

    [Fact]
    public void Each_message_has_its_share_and_the_shares_are_the_whole()
    {
        ConversationCount count = Count("gpt-4o", $$"""{"messages":{{Weather}},"tools":{{WeatherTools}}}""");
        Assert.Equal(["messages[0]", "messages[1]", "tools", "reply"], count.Parts.Select(part => part.Param));
        Assert.Equal(["system", "user", null, null], count.Parts.Select(part => part.Role));
        Assert.Equal([0, 1, null, null], count.Parts.Select(part => part.Index));
        Assert.Equal([4L, 4, 0, 3], count.Parts.Select(part => part.Format));
        Assert.Equal([14L, 8, 68, 0], count.Parts.Select(part => part.Text));
        Assert.Equal("messages[1]: 12", count.Parts[1].ToString());
    }

    [Theory]
    [InlineData("""{"role":"user","content":"a\nbc 𠮷\ud83d\ude00\"\\\/"}""", "a\nbc 𠮷😀\"\\/")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}""", "one", "two")]
    [InlineData("""{"role":"assistant","content":null,"refusal":"No."}""", "No.")]
    [InlineData("""{"role":"user","content":"half \ud83d"}""", "half \ufffd")]
    [InlineData("""{"role":"user","content":""}""", "")]
    public void Text_is_counted_as_the_model_reads_it(string message, params string[] texts)
    {
        ConversationCount count = Count("gpt-4o", $$"""{"messages":[{{message}}]}""");
        TokenEncoding encoding = TokenEncoding.Get("o200k_base");
        Assert.Equal(texts.Sum(text => (long)encoding.Count(Encoding.UTF8.GetBytes(text))), count.Parts[0].Text);
        Assert.True(count.IsExact);
    }

    [Theory]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}""", "f", "{\"a\":1}")]
    [InlineData("""{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}""", "f", "{}")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"call_1","type":"custom","custom":{"name":"f","input":"x y"}}]}""", "f", "x y")]
    public void Tool_calls_are_counted_and_said_to_be_a_guess(string message, string name, string arguments)
    {
        ConversationCount count = Count("gpt-4o", $$"""{"messages":[{{message}}]}""");
        TokenEncoding encoding = TokenEncoding.Get("o200k_base");
        Assert.Equal(encoding.Count(name.AsSpan()) + encoding.Count(arguments.AsSpan()), count.Parts[0].ToolCalls);
        Assert.StartsWith("How tool calls and their answers are written", Assert.Single(count.Notes), StringComparison.Ordinal);
        Assert.Equal(count.Tokens - count.Parts[0].ToolCalls, count.Certain);
    }

    [Theory]
    [InlineData("gpt-4o", "", 765, true)]
    [InlineData("gpt-4o", ""","detail":"low" """, 85, true)]
    [InlineData("gpt-5.4", "", 1229, false)]
    public void An_image_in_the_request_is_counted_by_its_size(string model, string detail, long tokens, bool isExact)
    {
        string url = "data:image/png;base64," + Convert.ToBase64String(Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000400000004000806000000"));
        ConversationCount count = Count(model, $$$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{url}}}"{{{detail}}}}}]}]}""");
        Assert.Equal(tokens, count.Parts[0].Images);
        Assert.Empty(count.Gaps);
        Assert.Equal(isExact, count.IsExact);
    }

    [Theory]
    [InlineData("gpt-4o", """{"url":"https://example.com/a.png"}""", "The size of an image that is given by its address")]
    [InlineData("gpt-4o", """{"url":"data:image/png;base64,AAAA"}""", "The size of an image cannot be told from its data")]
    [InlineData("gpt-4o", "{}", "The size of an image that is given by its address")]
    [InlineData("gpt-4-0613", """{"url":"https://example.com/a.png"}""", "How many tokens gpt-4-0613 takes for an image is not documented")]
    public void An_image_whose_tokens_are_not_known_is_not_in_the_sum_and_that_is_said(string model, string image, string note)
    {
        ConversationCount count = Count(model, $$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{{image}}}]}]}""");
        Assert.Equal(0, count.Parts[0].Images);
        Assert.StartsWith(note, Assert.Single(count.Gaps), StringComparison.Ordinal);
        Assert.False(count.IsExact);
    }

    [Fact]
    public void An_image_by_address_in_low_detail_needs_no_size()
    {
        ConversationCount count = Count("gpt-4o", """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}]}""");
        Assert.Equal(85, count.Parts[0].Images);
        Assert.True(count.IsExact);
    }

    [Theory]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"array","description":"b","items":{"type":"string"}}}}}}] """, "A tool has more to it")]
    [InlineData(""" "tools":[{"type":"custom","custom":{"name":"f","description":"b"}}] """, "A tool has more to it")]
    [InlineData(""" "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}} """, "How the schema of the answer")]
    public void What_no_formula_has_is_said_to_be_a_guess(string member, string note)
    {
        ConversationCount count = Count("gpt-4o", $$"""{"messages":{{Weather}},{{member}}}""");
        Assert.StartsWith(note, Assert.Single(count.Notes), StringComparison.Ordinal);
        Assert.True(count.Tokens > count.Certain);
    }

    [Fact]
    public void Content_that_is_no_text_is_said_to_be_missing() => Assert.StartsWith(
        "How many tokens content of the type input_audio takes",
        Assert.Single(Count("gpt-4o", """{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"","format":"wav"}}]}]}""").Gaps),
        StringComparison.Ordinal);

    [Fact]
    public void Of_many_kinds_of_content_the_first_are_said_to_be_missing_and_the_count_is_not_exact()
    {
        ConversationCount count = Count("gpt-4o", $$"""{"messages":[{"role":"user","content":[{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"type":"t{{i}}"}"""))}}]}]}""");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"How many tokens content of the type t{i} takes is not documented: it is not in the sum."), count.Gaps);
        Assert.False(count.IsExact);
    }

    // LengthRelations leaves out the count where that many bytes fit.
    [Property(MaxTest = 300)]
    public Property A_request_without_images_is_never_more_tokens_than_bytes() => Prop.ForAll(
        Gen.Elements(
            """{"role":"user","content":"a"}""",
            """{"role":"user","content":"\u0001\ud83d"}""",
            """{"role":"assistant","name":"b","content":"𠮷\n"}""",
            """{"content":[{"type":"text","text":"!?"}],"role":"tool","tool_call_id":"1"}""",
            """{"role":"assistant","tool_calls":[{"function":{"name":"a","arguments":"{}"}}]}""").ListOf().ToArbitrary(),
        Gen.Elements(
            """{"type":"function","function":{"name":"f"}}""",
            """{"type":"function","function":{"name":"f","parameters":{"properties":{"a":{},"b":{"enum":["1","2"]}}}}}""",
            """{"type":"custom","custom":{"name":"f"}}""").ListOf().ToArbitrary(),
        (messages, tools) =>
        {
            string request = $$"""{"messages":[{{string.Join(',', messages)}}],"tools":[{{string.Join(',', tools)}}]}""";
            foreach (string model in new[] { "gpt-4", "gpt-4o", "gpt-5" })
            {
                Assert.InRange(Count(model, request).Tokens, 0, Encoding.UTF8.GetByteCount(request));
            }
        });

    private static ConversationCount Count(string model, string json)
    {
        RequestParts request = RequestParts.Read(Encoding.UTF8.GetBytes(json))!;
        ConversationCounter counter = new(TokenEncoding.Get(ModelEncodings.Find(model)!), model);
        counter.AddMessages(request["messages"]);
        counter.AddTools(request["tools"], "tools");
        counter.AddTools(request["functions"], "functions");
        counter.AddResponseFormat(request["response_format"]);
        return counter.Finish();
    }
}
