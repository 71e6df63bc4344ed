using System.Text.Json;
using ApiTools.Chat;
using ApiTools.Core.Tests.Simulator;
using ApiTools.Http;
using ApiTools.Simulator;
using ApiTools.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

/// <summary>What services say of their models, and for how long a list of them is kept.</summary>
public sealed class ServiceModelTests
{
    [Theory]
    [InlineData("""{"id":"m","context_length":8192,"top_provider":{"context_length":4096,"max_completion_tokens":1024},"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]}}""", 8192, 1024, "text,image", "text")]
    [InlineData("""{"id":"m","context_window":131072,"max_completion_tokens":32768}""", 131072, 32768, "", "")]
    [InlineData("""{"id":"m","max_model_len":32768}""", 32768, null, "", "")]
    [InlineData("""{"id":"m","max_context_length":32768,"capabilities":{"vision":true}}""", 32768, null, "", "")]
    [InlineData("""{"id":"m","max_context_length":131072,"loaded_context_length":4096}""", 4096, null, "", "")]
    [InlineData("""{"id":"m","max_context_length":131072,"loaded_context_length":null}""", 131072, null, "", "")]
    [InlineData("""{"name":"models/m","inputTokenLimit":1048576,"outputTokenLimit":65536}""", 1048576, 65536, "", "")]
    [InlineData("""{"id":"m","max_input_tokens":200000,"max_output_tokens":64000}""", 200000, 64000, "", "")]
    [InlineData("""{"id":"m","capabilities":{"limits":{"max_context_window_tokens":128000,"max_output_tokens":16384,"max_prompt_tokens":64000}}}""", 128000, 16384, "", "")]
    [InlineData("""{"id":"m","capabilities":7}""", null, null, "", "")]
    [InlineData("""{"id":"m","meta":{"n_ctx_train":131072}}""", null, null, "", "")]
    [InlineData("""{"id":"m","context_length":"8k","top_provider":7,"architecture":[],"input_modalities":[1,"text"]}""", null, null, "text", "")]
    [InlineData("""{"id":"m","context_length":-1,"max_output_tokens":1e99,"created":"x","owned_by":3}""", null, null, "", "")]
    [InlineData("""{"id":"m"}""", null, null, "", "")]
    public void What_a_service_says_is_read_and_nothing_is_guessed(string json, int? window, int? output, string inputs, string outputs)
    {
        ServiceModel model = ServiceModel.From(JsonDocument.Parse(json).RootElement)!;
        Assert.Equal("m", model.Id);
        Assert.Equal((window, output, inputs, outputs), (model.ContextWindow, model.MaxOutputTokens, string.Join(',', model.InputModalities), string.Join(',', model.OutputModalities)));
    }

    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""[{"id":"a"},{"id":"b"}]""")]
    [InlineData("""{"models":[{"name":"models/a"},{"name":"models/b"}]}""")]
    [InlineData("""{"models":[{"name":"a"},{"name":"b"}],"data":[{"id":"a"},{"id":"b"}]}""")]
    public async Task A_list_is_read_as_each_service_writes_it(string json)
    {
        using ScriptedServer server = new(("200 OK", json));
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = server.BaseUri });
        Assert.Equal(["a", "b"], (await new ServiceProbe(connection, TimeProvider.System).FetchAsync(CancellationToken.None)).Select(model => model.Id));
    }

    [Fact]
    public void Of_each_known_model_it_is_known_whether_it_sees_images() => Assert.All(ModelCatalog.All, model => Assert.NotNull(model.SeesImages));

    [Fact]
    public async Task A_list_is_asked_for_once_in_five_minutes_and_again_where_that_is_wanted()
    {
        FakeTimeProvider time = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText(SimulatorKeys.Valid), Time = time });
        ModelInfo model = (await ModelList.GetAsync(connection, refresh: false, TimeProvider.System, CancellationToken.None)).Single(info => info.Id == "gpt-4o");
        Assert.Equal((128_000, 16_384, "o200k_base", "text,image", "text"), (model.ContextWindow!.Value, model.MaxOutputTokens!.Value, model.Encoding, string.Join(',', model.InputModalities), string.Join(',', model.OutputModalities)));
        await ModelList.GetAsync(connection, refresh: false, TimeProvider.System, CancellationToken.None);
        Assert.Single(simulator.Requests);
        await ModelList.GetAsync(connection, refresh: true, TimeProvider.System, CancellationToken.None);
        Assert.Equal(2, simulator.Requests.Count);
        time.Advance(ServiceModelCache.Lifetime);
        Assert.Null(connection.ModelCache.Fresh);
        await ModelList.GetAsync(connection, refresh: false, TimeProvider.System, CancellationToken.None);
        Assert.Equal(3, simulator.Requests.Count);
    }

    [Fact]
    public async Task A_list_for_completing_words_refuses_no_request_and_never_fails()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText(SimulatorKeys.Valid) });
        await connection.ModelCache.BeginFetch();
        Assert.Contains("gpt-4o", connection.ModelCache.Known!.Select(model => model.Id));
        Assert.Empty(connection.Models);
        using ApiConnection wrong = new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText("wrong") });
        await wrong.ModelCache.BeginFetch();
        Assert.Null(wrong.ModelCache.Known);
    }
}
