using System.Net;
using System.Text.Json;
using ApiTools.Simulator;
using ApiTools.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>What the simulator answers, and what it remembers.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_quotes_the_last_user_message()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        string first = Text(await ReadAsync(await simulator.AskAsync("What is a token?")));
        string again = Text(await ReadAsync(await simulator.AskAsync("What is a token?")));
        string other = Text(await ReadAsync(await simulator.AskAsync("What is a chunk?")));
        Assert.Equal(first, again);
        Assert.StartsWith("You asked: \"What is a token?\" ", first, StringComparison.Ordinal);
        Assert.NotEqual(first["You asked: \"What is a token?\"".Length..], other["You asked: \"What is a chunk?\"".Length..]);
    }

    [Fact]
    public async Task A_stream_says_what_the_plain_answer_says()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement plain = await ReadAsync(await simulator.AskAsync("天地 and all", ",\"n\":3"));
        using HttpResponseMessage answer = await simulator.AskAsync("天地 and all", ",\"n\":3,\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        string[] events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        List<JsonElement> chunks = [.. events[..^1].Select(item => JsonDocument.Parse(item["data: ".Length..]).RootElement)];
        for (int i = 0; i < 3; i++)
        {
            List<JsonElement> own = [.. chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Where(choice => choice.GetProperty("index").GetInt32() == i)];
            Assert.Equal("assistant", own[0].GetProperty("delta").GetProperty("role").GetString());
            Assert.Equal(Text(plain, i), string.Concat(own.SkipLast(1).Select(choice => choice.GetProperty("delta").GetProperty("content").GetString())));
            Assert.Equal("stop", own[^1].GetProperty("finish_reason").GetString());
        }
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Equal(plain.GetProperty("usage").ToString(), chunks[^1].GetProperty("usage").ToString());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
    }

    [Fact]
    public async Task A_name_that_is_half_a_surrogate_pair_is_an_error_and_not_the_end_of_the_connection()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.AskAsync("Hi", ",\"\\ud800\":1,\"m\\ud800del\":1");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Usage_is_the_pages_estimate()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await ReadAsync(await simulator.AskAsync(new string('a', 400)));
        JsonElement usage = answer.GetProperty("usage");
        Assert.Equal(100, usage.GetProperty("prompt_tokens").GetInt64());
        Assert.Equal(TokenEstimator.Estimate(Text(answer)), usage.GetProperty("completion_tokens").GetInt64());
        Assert.Equal(100 + TokenEstimator.Estimate(Text(answer)), usage.GetProperty("total_tokens").GetInt64());
    }

    [Theory]
    [InlineData("max_tokens", 1)]
    [InlineData("max_tokens", 7)]
    [InlineData("max_completion_tokens", 12)]
    public async Task An_answer_ends_at_its_most_tokens(string name, int most)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await ReadAsync(await simulator.AskAsync("一二三四五", $",\"{name}\":{most}"));
        Assert.Equal(most, TokenEstimator.Estimate(Text(answer)));
        Assert.Equal("length", Choice(answer).GetProperty("finish_reason").GetString());
        Assert.Equal(most, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt64());
    }

    [Theory]
    [InlineData("o4-mini", true)]
    [InlineData("gpt-5-mini", true)]
    [InlineData("gpt-4.1", false)]
    [InlineData("gpt-5-chat-latest", false)]
    [InlineData("o-my-model", false)]
    public async Task Models_that_reason_refuse_max_tokens_as_OpenAIs_do_and_take_max_completion_tokens(string model, bool refuses)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Models = [model] });
        string body = SimulatorFixture.Body("Hello", ",\"max_tokens\":3").Replace("gpt-4o", model, StringComparison.Ordinal);
        using HttpResponseMessage answer = await simulator.PostAsync(body);
        Assert.Equal(refuses ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.StatusCode);
        if (refuses)
        {
            Assert.Equal(
                """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","code":"unsupported_parameter","param":"max_tokens"}}""",
                await answer.Content.ReadAsStringAsync());
        }
        JsonElement other = await ReadAsync(await simulator.PostAsync(body.Replace("max_tokens", "max_completion_tokens", StringComparison.Ordinal)));
        Assert.Equal(3, other.GetProperty("usage").GetProperty("completion_tokens").GetInt64());
        // What says nothing is nothing to refuse.
        await ReadAsync(await simulator.PostAsync(body.Replace(":3", ":null", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"asked\"", "You ")]
    [InlineData("[\"never in it\",\": \"]", "You asked")]
    public async Task An_answer_ends_before_a_stop(string stop, string text)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await ReadAsync(await simulator.AskAsync("Hello", $",\"stop\":{stop}"));
        Assert.Equal(text, Text(answer));
        Assert.Equal("stop", Choice(answer).GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task A_response_format_of_JSON_gets_JSON()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        JsonElement answer = await ReadAsync(await simulator.AskAsync("Hello in json", ",\"response_format\":{\"type\":\"json_object\"}"));
        using JsonDocument text = JsonDocument.Parse(Text(answer));
        Assert.Equal("Hello in json", text.RootElement.GetProperty("asked").GetString());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_prompt_does_no_harm()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.AskAsync("\\ud800 and \\udc00");
        Assert.InRange((int)answer.StatusCode, 200, 400);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).Dispose();
    }

    [Theory]
    [InlineData("", "invalid_value", null)]
    [InlineData("{\"model\":", "invalid_value", null)]
    [InlineData("[]", "invalid_value", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "missing_required_field", "model")]
    [InlineData("{\"model\":\"gpt-4o\"}", "missing_required_field", "messages")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}", "invalid_value", "messages[0].role")]
    [InlineData("{\"model\":\"gpt-4o\",\"temperature\":3,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "invalid_value", "temperature")]
    [InlineData("{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model_not_supported", "model")]
    public async Task A_wrong_request_is_400_with_the_first_findings_code_and_param(string body, string code, string? param)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        JsonElement error = document.RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(code, Assert.Single(simulator.Requests).Code);
    }

    [Fact]
    public async Task The_small_models_window_can_be_overflowed_and_bounds_the_answer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        string most = SimulatorFixture.Body(new string('a', 120 * 4)).Replace("gpt-4o", "sim-small", StringComparison.Ordinal);
        JsonElement answer = await ReadAsync(await simulator.PostAsync(most));
        Assert.Equal(128, answer.GetProperty("usage").GetProperty("total_tokens").GetInt64());
        Assert.Equal("length", Choice(answer).GetProperty("finish_reason").GetString());

        using HttpResponseMessage refused = await simulator.PostAsync(most.Replace(new string('a', 480), new string('a', 129 * 4), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("\"code\":\"context_length_exceeded\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SimulatorKeys.Expired, "expired_api_key", "expired")]
    [InlineData(SimulatorKeys.Revoked, "revoked_api_key", "revoked")]
    [InlineData("sk-somebody-elses", "invalid_api_key", "other")]
    [InlineData(null, "invalid_api_key", "none")]
    public async Task A_key_that_does_not_open_is_401(string? key, string code, string recorded)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpClient client = simulator.NewClient(key);
        using HttpResponseMessage chat = await client.PostAsync("v1/chat/completions", SimulatorFixture.Json(SimulatorFixture.Body("Hello")));
        using HttpResponseMessage models = await client.GetAsync("v1/models");
        foreach (HttpResponseMessage answer in new[] { chat, models })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.Contains($"\"code\":\"{code}\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain(key ?? "sk-", body, StringComparison.Ordinal);
        }
        Assert.All(simulator.Requests, request => Assert.Equal(recorded, request.Key));
    }

    [Fact]
    public async Task Azures_key_header_opens_too()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpClient client = simulator.NewClient(null);
        client.DefaultRequestHeaders.Add("api-key", SimulatorKeys.Valid);
        using HttpResponseMessage answer = await client.GetAsync("v1/models");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Models_are_listed_and_shown_with_their_window()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Models = ["gpt-4o", "sim-small", "ft:gpt-4o:a/b"] });
        JsonElement list = await ReadAsync(await simulator.Client.GetAsync("v1/models"));
        Assert.Equal(["gpt-4o", "sim-small", "ft:gpt-4o:a/b"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!));
        JsonElement small = await ReadAsync(await simulator.Client.GetAsync("v1/models/sim-small"));
        Assert.Equal(128, small.GetProperty("context_window").GetInt32());
        JsonElement escaped = await ReadAsync(await simulator.Client.GetAsync("v1/models/ft%3Agpt-4o%3Aa%2Fb"));
        Assert.Equal("ft:gpt-4o:a/b", escaped.GetProperty("id").GetString());
        using HttpResponseMessage none = await simulator.Client.GetAsync("v1/models/gpt-9");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("\"code\":\"model_not_found\"", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat/completions", "lacks /v1: the path is /v1/chat/completions")]
    [InlineData("models", "lacks /v1: the path is /v1/models")]
    [InlineData("v2/chat", "The simulator answers POST /v1/chat/completions")]
    public async Task An_unknown_address_is_404_and_says_what_is_right(string path, string hint)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"code\":\"unknown_url\"", body, StringComparison.Ordinal);
        Assert.Contains(hint, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_has_everything_but_the_key()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Time = time, Faults = [new SimulatorFault { Code = "internal_error", Kind = SimulatorFaultKind.Html }] });
        using HttpRequestMessage sent = new(HttpMethod.Post, "v1/chat/completions?key=x")
        {
            Content = SimulatorFixture.Json(SimulatorFixture.Body($"my key is {SimulatorKeys.Valid}", ",\"stream\":true")),
        };
        sent.Headers.Add("X-Note", ["one", SimulatorKeys.Valid]);
        using HttpResponseMessage answer = await simulator.Client.SendAsync(sent);

        SimulatorRequest request = Assert.Single(simulator.Requests);
        Assert.Equal((1, time.GetUtcNow(), "POST", "/v1/chat/completions"), (request.Number, request.Time, request.Method, request.Path));
        Assert.Equal(("gpt-4o", "my key is ***", true, "valid"), (request.Model, request.Prompt, request.Stream, request.Key));
        Assert.Equal((500, "internal_error", "internal_error Html"), (request.Status, request.Code, request.Fault));
        Assert.Equal(answer.Headers.GetValues("x-request-id").Single(), request.RequestId);
        Assert.Equal("***", request.Headers["authorization"]);
        Assert.Equal("one, ***", request.Headers["X-Note"]);
        Assert.StartsWith("{\"model\":\"gpt-4o\"", request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(SimulatorKeys.Valid, JsonSerializer.Serialize(request), StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_keeps_the_last_ten_thousand()
    {
        RequestLog log = new();
        for (int i = 1; i <= 10_005; i++)
        {
            log.Add(new LoggedRequest { Number = i });
        }
        Assert.Equal(Enumerable.Range(6, 10_000), log.Snapshot().Select(request => request.Number));
    }

    [Fact]
    public void The_log_drops_the_oldest_where_their_text_is_too_much()
    {
        RequestLog log = new();
        byte[] quarter = new byte[RequestLog.MaximumText / 4];
        for (int i = 1; i <= 6; i++)
        {
            log.Add(new LoggedRequest { Number = i, Body = new(quarter) });
        }
        Assert.Equal([3, 4, 5, 6], log.Snapshot().Select(request => request.Number));
    }

    [Fact]
    public async Task A_body_of_50_MB_is_read_and_remembered_in_part()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.AskAsync(new string('a', 50 * 1024 * 1024));
        Assert.Contains("context_length_exceeded", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        SimulatorRequest request = Assert.Single(simulator.Requests);
        Assert.Equal(32_768, request.Body.Length);
        Assert.Equal(32_768, request.Prompt!.Length);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, body);
            return JsonDocument.Parse(body).RootElement;
        }
    }

    private static JsonElement Choice(JsonElement answer, int index = 0) => answer.GetProperty("choices")[index];

    private static string Text(JsonElement answer, int index = 0) => Choice(answer, index).GetProperty("message").GetProperty("content").GetString()!;
}
