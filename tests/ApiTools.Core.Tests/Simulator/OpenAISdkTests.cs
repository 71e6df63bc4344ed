using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Simulator;
using OpenAI;
using OpenAI.Chat;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>OpenAI's own .NET SDK talks to the simulator as to its own service.</summary>
public sealed class OpenAISdkTests
{
    public static TheoryData<string> Codes => [.. ApiErrorCatalog.All.Where(info => info.IsDocumented).Select(info => info.Code)];

    [Fact]
    public async Task It_chats()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ClientResult<OpenAI.Chat.ChatCompletion> answer = await Client(simulator).CompleteChatAsync(
            [new SystemChatMessage("Be short."), new UserChatMessage("Hello SDK")], new ChatCompletionOptions { Temperature = 0.5f, MaxOutputTokenCount = 500 });
        Assert.StartsWith("You asked: \"Hello SDK\"", answer.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
        Assert.True(answer.Value.Usage.OutputTokenCount > 10);
    }

    [Fact]
    public async Task It_streams_with_usage()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        StringBuilder text = new();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in Client(simulator).CompleteChatStreamingAsync([new UserChatMessage("Hello SDK")]))
        {
            text.AppendJoin(string.Empty, update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }
        Assert.StartsWith("You asked: \"Hello SDK\"", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.Equal(usage!.InputTokenCount + usage.OutputTokenCount, usage.TotalTokenCount);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task It_throws_its_own_exception_for_each_documented_code(string code)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = code });
        ClientResultException failure = await Assert.ThrowsAsync<ClientResultException>(() => Client(simulator).CompleteChatAsync([new UserChatMessage("Hello")]));
        Assert.Equal(ApiErrorCatalog.Find(code)!.Status, failure.Status);
        using JsonDocument body = JsonDocument.Parse(failure.GetRawResponse()!.Content);
        Assert.Equal(code, body.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_retries_overcome_a_limit_that_passes()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "rate_limit_exceeded", Times = 2, RetryAfter = 0 });
        ClientResult<OpenAI.Chat.ChatCompletion> answer = await Client(simulator, retries: 2).CompleteChatAsync([new UserChatMessage("Hello")]);
        Assert.StartsWith("You asked", answer.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal([429, 429, 200], simulator.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task It_reads_tool_calls_answers_them_and_reads_what_is_made_of_them()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ChatCompletionOptions options = new() { Tools = { ChatTool.CreateFunctionTool("get_weather", "The weather.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) } };
        List<OpenAI.Chat.ChatMessage> messages = [new UserChatMessage("call get_weather {\"city\":\"Oslo\"}\ncall get_weather")];
        OpenAI.Chat.ChatCompletion asked = (await Client(simulator).CompleteChatAsync(messages, options)).Value;
        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        Assert.Equal(["{\"city\":\"Oslo\"}", "{}"], asked.ToolCalls.Select(call => call.FunctionArguments.ToString()));
        messages.Add(new AssistantChatMessage(asked));
        messages.AddRange(asked.ToolCalls.Select(call => new ToolChatMessage(call.Id, $"Answer of {call.Id}")));
        OpenAI.Chat.ChatCompletion last = (await Client(simulator).CompleteChatAsync(messages, options)).Value;
        Assert.StartsWith("The tools say: \"Answer of call_sim_000001_1\", \"Answer of call_sim_000001_2\"", last.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_streams_tool_calls()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ChatCompletionOptions options = new() { Tools = { ChatTool.CreateFunctionTool("get_weather") }, ToolChoice = ChatToolChoice.CreateRequiredChoice() };
        Dictionary<int, string> arguments = [];
        List<string> names = [];
        ChatFinishReason? finish = null;
        await foreach (StreamingChatCompletionUpdate update in Client(simulator).CompleteChatStreamingAsync([new UserChatMessage("call get_weather {\"city\":\"Reykjavík\"}\ncall get_weather {\"days\":[1,2,3]}")], options))
        {
            foreach (StreamingChatToolCallUpdate call in update.ToolCallUpdates)
            {
                arguments[call.Index] = arguments.GetValueOrDefault(call.Index, "") + call.FunctionArgumentsUpdate;
                names.AddRange(call.FunctionName is null ? [] : [$"{call.ToolCallId} {call.FunctionName}"]);
            }
            finish = update.FinishReason ?? finish;
        }
        Assert.Equal(["call_sim_000001_1 get_weather", "call_sim_000001_2 get_weather"], names);
        Assert.Equal(["{\"city\":\"Reykjavík\"}", "{\"days\":[1,2,3]}"], arguments.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(ChatFinishReason.ToolCalls, finish);
    }

    [Fact]
    public async Task It_reads_a_refusal_and_an_answer_that_was_filtered_plain_and_streamed()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            Answers = [new() { Refusal = "I will not do that.", Times = 2 }, new() { Content = "Half", FinishReason = "content_filter" }],
        });
        OpenAI.Chat.ChatCompletion refused = (await Client(simulator).CompleteChatAsync([new UserChatMessage("Hi")])).Value;
        Assert.Equal("I will not do that.", refused.Refusal);
        Assert.Empty(refused.Content);
        StringBuilder refusal = new();
        await foreach (StreamingChatCompletionUpdate update in Client(simulator).CompleteChatStreamingAsync([new UserChatMessage("Hi")]))
        {
            refusal.Append(update.RefusalUpdate);
        }
        Assert.Equal("I will not do that.", refusal.ToString());
        Assert.Equal(ChatFinishReason.ContentFilter, (await Client(simulator).CompleteChatAsync([new UserChatMessage("Hi")])).Value.FinishReason);
    }

    [Fact]
    public async Task It_shows_an_image_and_asks_for_an_answer_that_keeps_to_a_schema()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        BinaryData schema = BinaryData.FromString("""{"type":"object","additionalProperties":false,"required":["name","age"],"properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":1}}}""");
        byte[] png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        OpenAI.Chat.ChatCompletion answer = (await Client(simulator).CompleteChatAsync(
            [new UserChatMessage(ChatMessageContentPart.CreateTextPart("Who is it?"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(png), "image/png"))],
            new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("person", schema, jsonSchemaIsStrict: true) })).Value;
        Assert.Equal("""{"name":"text","age":1}""", answer.Content[0].Text);
        Assert.Equal(2 + 85, answer.Usage.InputTokenCount);
    }

    [Fact]
    public async Task It_lists_the_models()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        OpenAIClient client = new(new ApiKeyCredential(SimulatorKeys.Valid), new OpenAIClientOptions { Endpoint = simulator.BaseUri });
        ClientResult<OpenAI.Models.OpenAIModelCollection> models = await client.GetOpenAIModelClient().GetModelsAsync();
        Assert.Equal(SimulatorOptions.DefaultModels.Order(), models.Value.Select(model => model.Id).Order());
    }

    private static ChatClient Client(SimulatorFixture simulator, int retries = 0) => new(
        "gpt-4o",
        new ApiKeyCredential(SimulatorKeys.Valid),
        new OpenAIClientOptions { Endpoint = simulator.BaseUri, RetryPolicy = new ClientRetryPolicy(retries) });
}
