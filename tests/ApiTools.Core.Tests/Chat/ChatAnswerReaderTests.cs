using System.Text;
using ApiTools.Chat;
using ApiTools.Core.Tests.Http;
using ApiTools.Core.Tests.Streams;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Chat;

/// <summary>An answer is read as what its bytes are, and one that is not whole is a typed error with what came of it.</summary>
public sealed class ChatAnswerReaderTests
{
    private const string First = """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Half an"},"finish_reason":null}]}""";
    private const string Last = """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":" answer"},"finish_reason":"stop"}]}""";
    private const string Whole = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Half an answer"},"finish_reason":"stop"}]}""";

    public static TheoryData<string, string?> Labels => new()
    {
        { "data: " + First + "\n\ndata: " + Last + "\n\n", "text/event-stream" },
        { "data: " + First + "\n\ndata: " + Last + "\n\n", "text/event-stream; charset=utf-8" },
        { "data: " + First + "\n\ndata: " + Last + "\n\n", "TEXT/EVENT-STREAM" },
        { "data: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { "data: " + First + "\n\ndata: " + Last + "\n\n", "application/json" },
        { "data: " + First + "\n\ndata: " + Last + "\n\n", null },
        { "data:" + First + "\r\rdata:" + Last + "\r\r", null },
        { "\ufeffdata: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { "\n\ndata: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { ": PROCESSING\n\ndata: " + First + "\n\ndata: " + Last + "\n\n", null },
        { "event: message\ndata: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { "id: 1\ndata: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { "retry: 3000\n\ndata: " + First + "\n\ndata: " + Last + "\n\n", "text/plain" },
        { Whole, "application/json" },
        { Whole, "text/event-stream" },
        { Whole, "text/plain" },
        { Whole, null },
        { "\ufeff" + Whole, "application/json" },
        { "\n\n  " + Whole + "\n", "text/event-stream" },
    };

    [Theory]
    [MemberData(nameof(Labels))]
    public async Task An_answer_is_what_its_bytes_are_whatever_its_label(string body, string? contentType)
    {
        foreach (int size in new[] { 1, 2, 7, int.MaxValue })
        {
            ChatCompletion completion = await Answers.ReadAsync(body, contentType, null, size);

            Assert.Equal(("c", "m", "Half an answer", "stop"), (completion.Id, completion.Model, completion.Content, completion.FinishReason));
        }
    }

    [Theory]
    [InlineData("", "application/json", "answered nothing where")]
    [InlineData("dat", "text/plain", "answered no JSON (text/plain): dat where")]
    [InlineData("<html>", "text/event-stream", "answered a web page (HTML) where")]
    [InlineData("<html>", "text/html", "answered a web page (HTML) where")]
    [InlineData("{\"choices\":[", "text/event-stream", "answered JSON that is broken where")]
    [InlineData("[]", "text/event-stream", "answered JSON that is broken where")]
    [InlineData("{}", "application/json", "answered JSON that has no choices.")]
    public async Task What_is_no_answer_is_said(string body, string contentType, string said)
    {
        ApiResponseException error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadAsync(body, contentType));

        Assert.Equal("invalid_response", error.Code);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Null(error.PartialContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n: comment\n\n")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: {\"choices\":[]}\n\n")]
    public async Task A_stream_without_an_answer_is_interrupted_before_its_first_content(string body)
    {
        ApiResponseException error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadAsync(body, "text/event-stream"));

        Assert.Equal(("stream_interrupted", null), (error.Code, error.PartialContent));
        Assert.Equal("The stream from 'service.test' ended before the answer did.", error.Message);
    }

    [Theory]
    [InlineData("[DONE]")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":""}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""")]
    public async Task A_stream_that_ends_without_its_finish_is_interrupted(string last)
    {
        ApiException error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadStreamAsync(First, last));

        Assert.Equal(("stream_interrupted", "Half an"), (error.Code, error.PartialContent));
    }

    [Fact]
    public async Task Each_of_several_choices_has_to_finish()
    {
        string second = """{"choices":[{"index":1,"delta":{"content":"B"},"finish_reason":null}]}""";
        string ends = """{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}""";
        ApiException error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadStreamAsync(First, second, Last));
        Assert.Equal(("stream_interrupted", "Half an answer"), (error.Code, error.PartialContent));

        ChatCompletion completion = await Answers.ReadStreamAsync(First, second, Last, ends);
        Assert.Equal(["Half an answer stop", "B length"], completion.Choices.Select(choice => $"{choice.Content} {choice.FinishReason}"));
    }

    [Theory]
    // OpenRouter: docs, "Errors and Debugging", and openai-go#227.
    [InlineData("""{"error":{"code":502,"message":"Provider disconnected"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""", "service_unavailable", "Provider disconnected")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":{"code":429,"message":"Too many"}}]}""", "rate_limit_exceeded", "Too many")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":{"message":"Gone"}}]}""", "stream_interrupted", "Gone")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""", "stream_interrupted", "The stream from 'service.test' ended in an error, of which the service says nothing more (finish_reason 'error').")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":null}],"error":null}""", "stream_interrupted", "The stream from 'service.test' ended in an error, of which the service says nothing more (finish_reason 'error').")]
    [InlineData("""{"error":{"code":"internal_error","message":"No"}}""", "internal_error", "No")]
    [InlineData("""{"error":"No"}""", "stream_interrupted", "No")]
    // vLLM and FastChat.
    [InlineData("""{"object":"error","message":"Out of memory","type":"InternalServerError","code":500}""", "internal_error", "Out of memory")]
    public async Task An_error_in_the_stream_is_its_code_and_never_a_success(string chunk, string code, string message)
    {
        // What comes behind it changes nothing.
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => Answers.ReadStreamAsync(First, chunk, Last, "[DONE]"));

        Assert.Equal((code, message, "Half an"), (error.Code, error.Message, error.PartialContent));
    }

    [Theory]
    [InlineData("{\"code\":\"service_unavailable\",\"message\":\"Later\"}", "service_unavailable", "Later")]
    [InlineData("overloaded", "stream_interrupted", "overloaded")]
    public async Task An_event_of_the_type_error_is_one(string data, string code, string message)
    {
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(
            () => Answers.ReadAsync($"data: {First}\n\nevent: error\ndata: {data}\n\ndata: {Last}\n\n", "text/event-stream"));

        Assert.Equal((code, message, "Half an"), (error.Code, error.Message, error.PartialContent));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"Half"},"finish_reason":"error","error":{"code":502,"message":"Provider disconnected"}}]}""", "service_unavailable", "Provider disconnected")]
    [InlineData("""{"error":{"code":429,"message":"Too many"},"choices":[{"message":{"content":"Half"},"finish_reason":"error"}]}""", "rate_limit_exceeded", "Too many")]
    [InlineData("""{"choices":[{"message":{"content":"Half"},"finish_reason":"error"}]}""", "internal_error", null)]
    [InlineData("""{"choices":[{"message":{"content":"Half"},"finish_reason":"stop"},{"index":1,"finish_reason":"ERROR","error":{"message":"Gone"}}]}""", "internal_error", "Gone")]
    public async Task A_plain_answer_that_ended_in_an_error_is_one(string body, string code, string? message)
    {
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => Answers.ReadAsync(body, "application/json"));

        Assert.Equal((code, message ?? error.Message, "Half"), (error.Code, error.Message, error.PartialContent));
    }

    [Theory]
    [InlineData("{\"choices\":")]
    [InlineData("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]")]
    [InlineData("[1]")]
    [InlineData("x")]
    [InlineData("{} {}")]
    public async Task Malformed_JSON_in_the_middle_is_an_invalid_response(string chunk)
    {
        ApiException error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadStreamAsync(First, chunk, Last));

        Assert.Equal("invalid_response", error.Code);
        Assert.StartsWith("Half an", error.PartialContent, StringComparison.Ordinal);
        Assert.Equal(chunk, error.RawBody);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    public async Task Other_finishes_are_answers(string finish) =>
        Assert.Equal(finish, (await Answers.ReadStreamAsync(First, Last.Replace("stop", finish, StringComparison.Ordinal))).FinishReason);

    [Fact]
    public async Task A_connection_that_is_lost_within_a_stream_is_an_interruption_with_what_came()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Answers.Stream(First, Last));
        ApiException error = await Assert.ThrowsAsync<ApiResponseException>(
            () => Answers.ReadAsync(new BreakingStream(bytes, bytes.Length - 20), "text/event-stream"));
        Assert.Equal(("stream_interrupted", "Half an", typeof(IOException)), (error.Code, error.PartialContent, error.InnerException?.GetType()));

        error = await Assert.ThrowsAsync<ApiResponseException>(() => Answers.ReadAsync(new BreakingStream(bytes, 0), "text/event-stream"));
        Assert.Equal(("stream_interrupted", null), (error.Code, error.PartialContent));
    }

    [Fact]
    public async Task Who_takes_longer_over_a_chunk_than_the_service_may_ends_no_stream()
    {
        FakeTimeProvider time = new();
        byte[] bytes = Encoding.UTF8.GetBytes(Answers.Stream(First, Last));
        SlowObserver observer = new();

        Task<ChatCompletion> reading = Answers.ReadAsync(new CutStream(bytes, [Answers.Stream(First).Length]), "text/event-stream", observer, time);
        Assert.False(reading.IsCompleted);
        time.Advance(AttemptLimits.Default.BetweenChunks + TimeSpan.FromSeconds(10));
        observer.Taken.SetResult();

        Assert.Equal("Half an answer", (await reading).Content);
    }

    /// <summary>Takes as long over its chunks as a test wants.</summary>
    private sealed class SlowObserver : IChatObserver
    {
        public TaskCompletionSource Taken { get; } = new();

        public bool WantsText => false;

        public bool WantsChunks => true;

        public ValueTask TextAsync(string text) => default;

        public ValueTask ChunkAsync(ChatCompletionChunk chunk) => new(Taken.Task);

        public ValueTask RestartingAsync(ApiException error) => default;

        public ValueTask WaitingAsync(RetryWait wait, TimeSpan left) => default;

        public ValueTask EndedAsync(RequestRecord record) => default;
    }

    /// <summary>Loses its connection after some bytes.</summary>
    private sealed class BreakingStream(byte[] bytes, int length) : TestStream(bytes, length)
    {
        protected override Task<int> NextAsync(ArraySegment<byte> room, CancellationToken cancellationToken) =>
            Take(room) is > 0 and int read ? Task.FromResult(read) : Task.FromException<int>(new IOException("Connection reset."));
    }
}
