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
