using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Core.Tests.Simulator;
using OpenAI;
using OpenAI.Chat;

namespace ApiTools.Core.Tests.Chat;

/// <summary>The same bytes, read by the engine and by OpenAI's own .NET SDK, are the same answer; and what the engine writes, the SDK reads.</summary>
public sealed class OpenAISdkDifferentialTests
{
    private const string Usage = """{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}""";

    public static TheoryData<string> Plain =>
    [
        Message("""{"role":"assistant","content":"Hi \u00e9 \ud83d\ude00 \"you\"\n","refusal":null}""", "stop"),
        Message("""{"role":"assistant","content":"Cut o"}""", "length"),
        Message("""{"role":"assistant","content":"","refusal":null}""", "content_filter"),
        Message("""{"role":"assistant","content":null,"refusal":"I cannot."}""", "stop"),
        Message("""{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"t2","type":"function","function":{"name":"g","arguments":"{}"}}]}""", "tool_calls"),
    ];

    public static TheoryData<string[]> Streamed =>
    [
        [Delta("""{"role":"assistant","content":"","refusal":null}"""), Delta("""{"content":"Hi"}"""), Delta("""{"content":" \u00e9\n"}"""), Delta("""{"content":" 😀"}"""), Delta("{}", "stop"), Last],
        [Delta("""{"role":"assistant","content":"Cut"}"""), Delta("""{"content":" o"}"""), Delta("{}", "length"), Last],
        [Delta("""{"role":"assistant","content":"","refusal":null}"""), Delta("""{"refusal":"I can"}"""), Delta("""{"refusal":"not."}"""), Delta("{}", "stop"), Last],
        [
            Delta("""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":""}}]}"""),
            Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}"""), Delta("""{"tool_calls":[{"index":0,"function":{"arguments":":1"}}]}"""),
            Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}"""),
            Delta("""{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"g","arguments":"{}"}}]}"""), Delta("{}", "tool_calls"), Last,
        ],
        [Delta("""{"role":"assistant","content":"","refusal":null}"""), Delta("""{"content":"x"}"""), Delta("{}", "content_filter"), Last],
    ];

    private static string Last => $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{{Usage}}}""";

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task A_plain_answer_is_the_same_to_both(string json)
    {
        OpenAI.Chat.ChatCompletion theirs = await Sdk(json, "application/json").CompleteChatAsync([new UserChatMessage("Hello")]);
        ChatCompletion ours = await Answers.ReadAsync(json, "application/json");

        Assert.Equal((theirs.Id, theirs.Model, string.Concat(theirs.Content.Select(part => part.Text)), theirs.Refusal), (ours.Id, ours.Model, ours.Content, ours.Refusal));
        Assert.Equal(theirs.ToolCalls.Select(call => $"{call.Id} {call.FunctionName}({call.FunctionArguments})"), ours.ToolCalls.Select(call => $"{call.Id} {call}"));
        Assert.Equal(theirs.FinishReason, Finish(ours.FinishReason));
        Assert.Equal(Describe(theirs.Usage), Describe(ours.Usage!));
    }

    [Theory]
    [MemberData(nameof(Streamed))]
    public async Task A_stream_is_the_same_to_both_chunk_by_chunk(string[] events)
    {
        string body = Answers.Stream([.. events, "[DONE]"]);
        List<string> theirs = [];
        await foreach (StreamingChatCompletionUpdate update in Sdk(body, "text/event-stream").CompleteChatStreamingAsync([new UserChatMessage("Hello")]))
        {
            theirs.Add(Describe(update));
        }
        RecordingObserver observer = new(wantsChunks: true);
        ChatCompletion ours = await Answers.ReadAsync(body, "text/event-stream", observer, 17, 3, 100);

        Assert.Equal(theirs, observer.Chunks.Select(Describe));
        Assert.Equal(ours.Content, string.Concat(observer.Chunks));
        Assert.Equal(ours.ToolCalls.Select(call => call.Arguments), observer.Chunks.SelectMany(chunk => chunk.ToolCalls).GroupBy(call => call.Index, (_, calls) => string.Concat(calls)));
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("Tell me about é, 😀 and \"quotes\"\nin lines.")]
    public async Task The_simulators_stream_is_the_same_to_both(string prompt)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        byte[] request = ChatRequestWriter.Write([ChatRequestWriter.Message("user", prompt)], new ChatParameters { Model = "gpt-4o", Stream = true });
        using HttpResponseMessage response = await simulator.Client.PostAsync("v1/chat/completions", new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
        byte[] body = await response.Content.ReadAsByteArrayAsync();

        List<string> theirs = [];
        await foreach (StreamingChatCompletionUpdate update in Sdk(Encoding.UTF8.GetString(body), "text/event-stream").CompleteChatStreamingAsync([new UserChatMessage("Hello")]))
        {
            theirs.Add(Describe(update));
        }
        RecordingObserver observer = new(wantsChunks: true);
        await Answers.ReadAsync(body, "text/event-stream", observer);

        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, observer.Chunks.Select(Describe));
    }

    [Fact]
    public void A_request_as_it_is_written_is_read_by_the_SDK_and_keeps_everything()
    {
        ChatParameters parameters = new() { Model = "gpt-4o", Temperature = 0.25, TopP = 0.5, MaxTokens = 77, Stop = ["END", "\n\n"], Seed = 9_007_199_254_740_993 };
        byte[] request = ChatRequestWriter.Write([ChatRequestWriter.Message("system", "Be é."), ChatRequestWriter.Message("user", "Say \"😀\"\n")], parameters);

        ChatCompletionOptions options = ModelReaderWriter.Read<ChatCompletionOptions>(BinaryData.FromBytes(request))!;
        Assert.Equal((0.25f, 0.5f, 9_007_199_254_740_993), (options.Temperature, options.TopP, Seed(options)));
        Assert.Equal(["END", "\n\n"], options.StopSequences);
        using JsonDocument written = JsonDocument.Parse(ModelReaderWriter.Write(options));
        using JsonDocument ours = JsonDocument.Parse(request);
        foreach (JsonProperty property in ours.RootElement.EnumerateObject())
        {
            Assert.True(JsonElement.DeepEquals(property.Value, written.RootElement.GetProperty(property.Name)), property.Name);
        }
    }

#pragma warning disable OPENAI001 // Said to be for evaluation.
    private static long? Seed(ChatCompletionOptions options) => options.Seed;
#pragma warning restore OPENAI001

    private static string Message(string message, string finish) =>
        $$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{{message}},"logprobs":null,"finish_reason":"{{finish}}"}],"usage":{{Usage}}}""";

    private static string Delta(string delta, string? finish = null) =>
        $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}],"usage":null}""";

    private static string Describe(StreamingChatCompletionUpdate update) => Line(
        update.CompletionId,
        update.Model,
        string.Concat(update.ContentUpdate.Select(part => part.Text)),
        update.RefusalUpdate,
        update.ToolCallUpdates.Select(call => $"{call.Index} {call.ToolCallId} {call.FunctionName} {call.FunctionArgumentsUpdate}"),
        update.FinishReason,
        update.Usage is null ? null : Describe(update.Usage));

    private static string Describe(ChatCompletionChunk chunk) => Line(
        chunk.Id,
        chunk.Model,
        chunk.Content,
        chunk.Refusal,
        chunk.ToolCalls.Select(call => $"{call.Index} {call.Id} {call.Name} {call.Arguments}"),
        Finish(chunk.FinishReason),
        chunk.Usage is null ? null : Describe(chunk.Usage));

    private static string Line(string? id, string? model, string content, string? refusal, IEnumerable<string> calls, ChatFinishReason? finish, string? usage) =>
        $"{id} {model} '{content}' '{refusal}' [{string.Join(", ", calls)}] {finish} {usage}";

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "tool_calls" => ChatFinishReason.ToolCalls,
        _ => throw new ArgumentException(reason, nameof(reason)),
    };

    private static string Describe(ChatTokenUsage usage) =>
        $"{usage.InputTokenCount} {usage.OutputTokenCount} {usage.TotalTokenCount} {usage.InputTokenDetails?.CachedTokenCount ?? 0} {usage.OutputTokenDetails?.ReasoningTokenCount ?? 0}";

    private static string Describe(ChatUsage usage) =>
        $"{usage.PromptTokens} {usage.CompletionTokens} {usage.TotalTokens} {usage.CachedTokens ?? 0} {usage.ReasoningTokens ?? 0}";

    private static OpenAI.Chat.ChatClient Sdk(string body, string contentType) => new(
        "gpt-4o",
        new ApiKeyCredential("key"),
        new OpenAIClientOptions { Endpoint = new Uri("http://service.test/v1"), Transport = new HttpClientPipelineTransport(new HttpClient(new Canned(body, contentType))) });

    /// <summary>Answers with these bytes, without a network.</summary>
    private sealed class Canned(string body, string contentType) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, contentType), RequestMessage = request };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
