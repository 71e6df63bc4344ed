using System.Text;
using ApiTools.Chat;
using ApiTools.Core.Tests.Streams;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Chat;

/// <summary>What an observer is given as an answer comes.</summary>
public sealed class ChatCompletionChunkTests
{
    private static readonly string[] Events =
    [
        """{"choices":[],"prompt_filter_results":[]}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"reasoning_content":"hm"},"finish_reason":null}],"usage":null}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"a\ud83d"},"finish_reason":null}],"usage":null}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"\ude00"},"finish_reason":null}],"usage":null}""",
        """{"id":"c","model":"m","choices":[{"index":1,"delta":{"refusal":"no"},"finish_reason":"content_filter"},{"index":0,"delta":{"content":"b"},"finish_reason":null}]}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]},"finish_reason":null}]}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"id":"u","function":{"name":"g"}}]},"finish_reason":null}]}""",
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        """{"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""",
        "[DONE]",
    ];

    [Fact]
    public async Task Each_choice_of_an_event_is_a_chunk_with_what_is_new_of_it()
    {
        RecordingObserver observer = new(wantsChunks: true);
        await Answers.ReadAsync(Answers.Stream(Events), "text/event-stream", observer);

        Assert.Equal(
            [
                "0:", "0: reasoning=hm", "0:a\ud83d", "0:\ude00", "0:b", "1: refusal=no finish=content_filter", "0: call0=t f ", "0: call0=  {\"a\"", "0: call0=  :1} call1=u g ",
                "0: finish=tool_calls", "0: usage=3",
            ],
            observer.Chunks.Select(Describe));
        Assert.All(observer.Chunks, chunk => Assert.Equal((2, "input"), (chunk.Attempt, chunk.Input)));
        Assert.All(observer.Chunks, chunk => Assert.Equal(("c", "m", chunk.Content), (chunk.Id, chunk.Model, chunk.ToString())));
        Assert.Empty(observer.Text.ToString());
    }

    [Fact]
    public async Task The_chunks_together_are_the_completion()
    {
        RecordingObserver observer = new(wantsText: true, wantsChunks: true);
        ChatCompletion completion = await Answers.ReadAsync(Answers.Stream(Events), "text/event-stream", observer);

        Assert.Equal("a😀b", completion.Content);
        Assert.Equal(completion.Content, string.Concat(observer.Chunks.Where(chunk => chunk.Index == 0)));
        Assert.Equal(completion.Content, observer.Text.ToString());
        Assert.Equal(["f({\"a\":1})", "g()"], completion.ToolCalls.Select(call => call.ToString()));
        Assert.Equal("{\"a\":1}", string.Concat(observer.Chunks.SelectMany(chunk => chunk.ToolCalls).Where(call => call.Index == 0)));
    }

    [Fact]
    public async Task One_who_wants_text_alone_is_given_that_of_the_choice_that_came_first()
    {
        RecordingObserver observer = new(wantsText: true);
        await Answers.ReadAsync(Answers.Stream(Events), "text/event-stream", observer);

        Assert.Equal("a😀b", observer.Text.ToString());
        Assert.Empty(observer.Chunks);
    }

    [Fact]
    public async Task An_answer_that_comes_whole_is_one_chunk_a_choice_and_no_live_text()
    {
        RecordingObserver observer = new(wantsText: true, wantsChunks: true);
        await Answers.ReadAsync(
            """
            {"id":"c","model":"m","choices":[{"index":0,"message":{"content":"a","tool_calls":[{"id":"t","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"},
             {"index":1,"message":{"content":"b"},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}
            """,
            "application/json",
            observer);

        Assert.Equal(["0:a call0=t f {} finish=stop", "1:b finish=length usage=3"], observer.Chunks.Select(Describe));
        Assert.Equal((2, "input"), (observer.Chunks[0].Attempt, observer.Chunks[0].Input));
    }

    [Fact]
    public async Task A_chunk_that_carries_an_error_is_no_chunk_and_the_text_of_the_others_is_the_partial_content()
    {
        RecordingObserver observer = new(wantsChunks: true);
        ApiException error = await Assert.ThrowsAsync<ApiServerException>(() => Answers.ReadAsync(
            Answers.Stream([.. Events[..4], """{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":{"code":500,"message":"x"}}]}"""]), "text/event-stream", observer));

        Assert.Equal(["0:", "0: reasoning=hm", "0:a\ud83d"], observer.Chunks.Select(Describe));
        Assert.Equal(string.Concat(observer.Chunks), error.PartialContent);
    }

    [Theory]
    // Gemini numbers every call 0; others number none; an index is no place in the list.
    [InlineData("""{"index":0,"id":"t","function":{"name":"f","arguments":"{}"}}""", """{"index":0,"id":"u","function":{"name":"g","arguments":"{}"}}""", "t f({}), u g({})")]
    [InlineData("""{"id":"t","function":{"name":"f","arguments":"{"}}""", """{"function":{"arguments":"}"}}""", "t f({})")]
    [InlineData("""{"id":"t","function":{"name":"f","arguments":"{"}}""", """{"id":"t","function":{"arguments":"}"}}""", "t f({})")]
    [InlineData("""{"id":"t","function":{"name":"f","arguments":"{}"}}""", """{"id":"u","function":{"name":"g","arguments":"{}"}}""", "t f({}), u g({})")]
    [InlineData("""{"index":1,"id":"t","function":{"name":"f","arguments":"{"}}""", """{"index":1,"id":"","function":{"name":"","arguments":"}"}}""", "t f({})")]
    [InlineData("""{"index":7,"function":{"name":"f","arguments":"{}"}}""", """{"index":3,"function":{"name":"g","arguments":"{}"}}""", " f({}),  g({})")]
    public async Task Pieces_of_a_tool_call_find_each_other(string first, string second, string calls)
    {
        ChatCompletion completion = await Answers.ReadStreamAsync(Piece(first), Piece(second), """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""");

        Assert.Equal(calls, string.Join(", ", completion.ToolCalls.Select(call => $"{call.Id} {call}")));
    }

    [Fact]
    public async Task More_tool_calls_than_there_can_be_are_no_answer()
    {
        string calls = string.Join(",", Enumerable.Range(0, 1025).Select(i => $$"""{"id":"{{i}}"}"""));
        ApiException error = await Assert.ThrowsAsync<ApiResponseException>(
            () => Answers.ReadAsync($$"""{"choices":[{"message":{"tool_calls":[{{calls}}]},"finish_reason":"tool_calls"}]}""", "application/json"));

        Assert.Equal(("invalid_response", "The answer has more than 1024 tool calls: that is no service's answer."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Who_takes_long_over_a_chunk_takes_nothing_from_the_services_time()
    {
        FakeTimeProvider time = new();
        SlowObserver slow = new(time, AttemptLimits.Default.BetweenChunks - TimeSpan.FromSeconds(1));

        ChatCompletion completion = await Answers.ReadAsync(new ObedientStream(Encoding.UTF8.GetBytes(Answers.Stream(Events))), "text/event-stream", slow, time);

        Assert.Equal(("a😀b", 3), (completion.Content, slow.Texts));
    }

    /// <summary>Takes almost as long over each text as a service may take between two chunks.</summary>
    private sealed class SlowObserver(FakeTimeProvider time, TimeSpan length) : IChatObserver
    {
        public int Texts { get; private set; }

        public bool WantsText => true;

        public bool WantsChunks => false;

        public async ValueTask TextAsync(string text)
        {
            await Task.Yield();
            Texts++;
            time.Advance(length);
        }

        public ValueTask ChunkAsync(ChatCompletionChunk chunk) => default;

        public ValueTask RestartingAsync(ApiException error) => default;

        public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => default;

        public ValueTask EndedAsync(RequestRecord record) => default;
    }

    /// <summary>Gives a few bytes at a time, and none once it is cancelled.</summary>
    private sealed class ObedientStream(byte[] bytes) : TestStream(bytes)
    {
        protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(Take(room, 1000));
        }
    }

    private static string Piece(string call) => $$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{call}}]},"finish_reason":null}]}""";

    private static string Describe(ChatCompletionChunk chunk) =>
        $"{chunk.Index}:{chunk.Content}"
        + (chunk.Reasoning is null ? null : $" reasoning={chunk.Reasoning}")
        + (chunk.Refusal is null ? null : $" refusal={chunk.Refusal}")
        + string.Concat(chunk.ToolCalls.Select(call => $" call{call.Index}={call.Id} {call.Name} {call.Arguments}"))
        + (chunk.FinishReason is null ? null : $" finish={chunk.FinishReason}")
        + (chunk.Usage is null ? null : $" usage={chunk.Usage.TotalTokens}");
}
