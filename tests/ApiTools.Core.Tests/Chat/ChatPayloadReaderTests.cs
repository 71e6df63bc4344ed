using System.Text;
using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Core.Tests.Chat;

public sealed class ChatPayloadReaderTests
{
    [Fact]
    public void A_whole_answer_is_read_with_everything_in_it()
    {
        ChatCompletion completion = Read("""
            {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06","system_fingerprint":null,
             "choices":[{"message":{"role":"assistant","content":"Hi \u00e9 \"you\"","refusal":null,"reasoning_content":"hm",
               "tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"t2","function":{"name":"g","arguments":"{}"}}]},
               "index":0,"logprobs":null,"finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2,"audio_tokens":0},
               "completion_tokens_details":{"reasoning_tokens":1}}}
            """);
        Assert.Equal(("c1", "gpt-4o-2024-08-06", "Hi é \"you\"", null, "hm", "tool_calls"),
            (completion.Id, completion.Model, completion.Content, completion.Refusal, completion.Reasoning, completion.FinishReason));
        Assert.Equal(["f({\"a\":1})", "g({})"], completion.ToolCalls.Select(call => call.ToString()));
        Assert.Equal("t2", completion.ToolCalls[1].Id);
        ChatUsage usage = Assert.IsType<ChatUsage>(completion.Usage);
        Assert.Equal((3, 4, 7, 2, 1), (usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens, usage.CachedTokens, usage.ReasoningTokens));
    }

    [Fact]
    public void Chunks_are_put_together_by_their_index()
    {
        ChatCompletion completion = Read(
            """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"choices":[{"index":1,"delta":{"content":"two"}}]}""",
            """{"choices":[{"delta":{"content":"one"},"index":0}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"{\"a\""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","function":{"arguments":":1}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{},"finish_reason":"length"}]}""",
            """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""");
        Assert.Equal(["one", "two"], completion.Choices.Select(choice => choice.Content));
        Assert.Equal(["stop", "length"], completion.Choices.Select(choice => choice.FinishReason));
        Assert.Equal("t: f({\"a\":1})", $"{completion.ToolCalls[0].Id}: {completion.ToolCalls[0]}");
        Assert.Equal(3, completion.Usage!.TotalTokens);
    }

    [Fact]
    public void What_every_chunk_repeats_hides_nothing_behind_it()
    {
        ChatCompletion completion = Read(
            """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}],"usage":null}""",
            """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}],"usage":null}""",
            """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""");
        Assert.Equal(("c", "m", "ab", "stop", 3), (completion.Id, completion.Model, completion.Content, completion.FinishReason, completion.Usage?.TotalTokens));
    }

    [Fact]
    public void A_pair_of_surrogates_split_over_two_chunks_is_one_character() => Assert.Equal(
        "a😀",
        Read("""{"choices":[{"delta":{"content":"a\ud83d"}}]}""", """{"choices":[{"delta":{"content":"\ude00"},"finish_reason":"stop"}]}""").Content);

    [Fact]
    public void Content_as_a_list_of_parts_is_its_text() => Assert.Equal(
        "ab", Read("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"x"}},{"text":"b"}]}}]}""").Content);

    [Theory]
    [InlineData("""{"error":{"message":"x"}}""", false)]
    [InlineData("""{"choices":[],"error":"x"}""", false)]
    [InlineData("""{"error":null,"choices":[]}""", true)]
    public void An_error_in_the_answer_is_told(string json, bool isAnswer) =>
        Assert.Equal(isAnswer, ChatPayloadReader.Read(Encoding.UTF8.GetBytes(json), new ChatCompletionBuilder()));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"choices\":[")]
    [InlineData("{} {}")]
    [InlineData("<html>")]
    public void What_is_no_JSON_object_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => ChatPayloadReader.Read(Encoding.UTF8.GetBytes(json), new ChatCompletionBuilder()));

    [Theory]
    [InlineData("""{"choices":5,"usage":[],"id":{},"model":[1]}""")]
    [InlineData("""{"choices":[null,1,{"index":-1,"message":"x","finish_reason":{}},{"index":1e99,"delta":{"content":5,"tool_calls":{}}}]}""")]
    [InlineData("""{"choices":[{"index":2000000000,"delta":{"tool_calls":[{"index":2000000000}]}}],"usage":{"prompt_tokens":-1,"prompt_tokens_details":3}}""")]
    public void Odd_shapes_are_read_past(string json) =>
        Assert.True(ChatPayloadReader.Read(Encoding.UTF8.GetBytes(json), new ChatCompletionBuilder()));

    private static ChatCompletion Read(params string[] payloads)
    {
        ChatCompletionBuilder builder = new();
        foreach (string payload in payloads)
        {
            Assert.True(ChatPayloadReader.Read(Encoding.UTF8.GetBytes(payload), builder));
        }
        return builder.Build(null, null);
    }
}
