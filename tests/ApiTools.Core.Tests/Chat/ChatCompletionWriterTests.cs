using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Chat;

public sealed class ChatCompletionWriterTests
{
    private static readonly DateTimeOffset Created = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void A_completion_is_written_as_the_API_writes_it()
    {
        ChatCompletion completion = new("c1", "m", [new ChatChoice(0, "Hi", null, null, [], "stop")], new ChatUsage(3, 4, 7, 1, 2));
        Assert.Equal(
            """
            {"id":"c1","object":"chat.completion","created":1772600767,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}
            """,
            Encoding.UTF8.GetString(Write(completion)));
    }

    [Fact]
    public void Everything_in_a_completion_comes_back()
    {
        ChatCompletion completion = new(
            "c1",
            "gpt-4o",
            [
                new ChatChoice(0, "é 你好 😀 \"q\" \\ / \b\f\n\r\t\u0000\u001b\u007f\u0085\u2028\u2029\ufeff", null, "thought", [], "stop"),
                new ChatChoice(1, "", "I will not", null, [], "content_filter"),
                new ChatChoice(2, "", null, null, [new ChatToolCall("t1", "f", "{\"a\":\"\ud83d\"}"), new ChatToolCall("t2", "g", "not json")], "tool_calls"),
                new ChatChoice(3, "", null, null, [], null),
            ],
            new ChatUsage(1, 2, 4, null, 0));
        AssertSame(completion, Read(Write(completion)));
    }

    [Theory]
    [InlineData("\ud800")]
    [InlineData("\udc00\ud800")]
    [InlineData("a\ud83d\ud83d\ude00\ude00\"\\\n\u2028z")]
    public void Half_a_surrogate_pair_comes_back_as_it_was(string text)
    {
        ChatCompletion completion = new(null, null, [new ChatChoice(0, text, text, text, [new ChatToolCall(text, text, text)], text)], null);
        byte[] json = Write(completion);
        AssertSame(completion, Read(json));
        Assert.DoesNotContain((byte)'\n', json);
    }

    [Fact]
    public void A_megabyte_of_text_comes_back()
    {
        Random random = new(7);
        string text = string.Create(1_000_000, random, static (span, seeded) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)seeded.Next(0, 0x10000);
            }
        });
        ChatCompletion completion = new("c", "m", [new ChatChoice(0, text, null, null, [], "length")], null);
        AssertSame(completion, Read(Write(completion)));
    }

    [Property(MaxTest = 500)]
    public void Any_text_comes_back(string?[] texts)
    {
        string At(int i) => i < texts.Length ? texts[i] ?? string.Empty : string.Empty;
        string? Some(int i) => At(i).Length > 0 ? At(i) : null;
        ChatCompletion completion = new(Some(0), Some(1), [new ChatChoice(0, At(2), Some(3), Some(4), [new ChatToolCall(At(5), At(6), At(7))], Some(8))], null);
        AssertSame(completion, Read(Write(completion)));
    }

    private static byte[] Write(ChatCompletion completion)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ChatCompletionWriter.Write(writer, completion, Created);
        }
        return stream.ToArray();
    }

    private static ChatCompletion Read(byte[] json)
    {
        ChatCompletionBuilder builder = new();
        Assert.True(ChatPayloadReader.Read(json, builder));
        return builder.Build(null, null);
    }

    internal static void AssertSame(ChatCompletion expected, ChatCompletion actual)
    {
        Assert.Equal((expected.Id, expected.Model, expected.Usage?.ToString()), (actual.Id, actual.Model, actual.Usage?.ToString()));
        Assert.Equal((expected.Usage?.CachedTokens, expected.Usage?.ReasoningTokens), (actual.Usage?.CachedTokens, actual.Usage?.ReasoningTokens));
        Assert.Equal(expected.Choices.Count, actual.Choices.Count);
        foreach ((ChatChoice before, ChatChoice after) in expected.Choices.Zip(actual.Choices))
        {
            Assert.Equal((before.Index, before.Refusal, before.Reasoning, before.FinishReason), (after.Index, after.Refusal, after.Reasoning, after.FinishReason));
            Assert.Equal(before.Content, after.Content);
            Assert.Equal(before.ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)), after.ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)));
        }
    }
}
