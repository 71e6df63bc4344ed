using System.Text;
using ApiTools.Chat;
using ApiTools.Core.Tests.Http;
using ApiTools.Core.Tests.Simulator;
using ApiTools.Http;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Chat;

/// <summary>What the client makes of a call's fallbacks, deadline, headers and max_tokens, over real HTTP.</summary>
public sealed class ChatPolicyTests
{
    private const string Completion =
        """{"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

    private static readonly RetryPolicy Quick = new() { RetryInterval = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task A_fallback_gets_the_same_request_with_its_own_name_in_it()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "service_unavailable", Model = "gpt-4o", Times = -1 });
        using ApiConnection connection = Connect(simulator);
        ChatCompletion completion = await SendAsync(connection, Call() with { FallbackModels = ["gpt-4o-mini", "gpt-4o"], Input = "in" });
        Assert.Equal("gpt-4o-mini", completion.Model);
        Assert.Equal(
            [("gpt-4o", "service_unavailable", "tried 'gpt-4o-mini' next"), ("gpt-4o-mini", null, "it succeeded")],
            completion.AttemptHistory.Select(attempt => (attempt.Model, attempt.Code, attempt.Reason)));
        Assert.Equal(
            [
                """{"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"Grüße"}]}""",
                """{"model":"gpt-4o-mini","max_tokens":50,"messages":[{"role":"user","content":"Grüße"}]}""",
            ],
            simulator.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Where_all_models_fail_the_request_of_the_error_is_the_calls_own()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "service_unavailable", Model = "gpt-4o", Times = -1 }, new SimulatorFault { Code = "invalid_value", Model = "gpt-4o-mini" });
        using ApiConnection connection = Connect(simulator);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call() with { FallbackModels = ["gpt-4o-mini"] }));
        Assert.Equal(("invalid_value", 2, "service_unavailable"), (error.Code, error.Attempts, error.FirstError?.Code));
        Assert.Contains("\"model\":\"gpt-4o\"", error.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Max_tokens_goes_under_the_name_that_a_model_asks_for_learned_once_and_at_no_cost()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "invalid_value", Message = RefusalOf("max_tokens") });
        using ApiConnection connection = Connect(simulator);
        ChatCall call = Call() with { MaxTokensIsOurs = true, Retry = new RetryPolicy { MaximumRetryCount = 0 } };
        ChatCompletion first = await SendAsync(connection, call);
        Assert.Equal(
            [("invalid_value", "sent again at once with max_completion_tokens, as the service asks"), (null, "it succeeded")],
            first.AttemptHistory.Select(attempt => (attempt.Code, attempt.Reason)));
        Assert.Equal(1, (await SendAsync(connection, call)).Attempts);
        Assert.Equal(
            [true, false, false], simulator.Requests.Select(request => request.Body.Contains("\"max_tokens\":50", StringComparison.Ordinal)));
        Assert.Equal(
            [false, true, true], simulator.Requests.Select(request => request.Body.Contains("\"max_completion_tokens\":50", StringComparison.Ordinal)));
        // Another model is asked as the page has it.
        Assert.Null(connection.MaxTokensNames.Find("other"));
    }

    [Fact]
    public async Task A_service_that_knows_only_max_tokens_gets_it()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "invalid_value", Message = "Unrecognized request argument supplied: max_completion_tokens" });
        using ApiConnection connection = Connect(simulator);
        byte[] body = Encoding.UTF8.GetBytes("""{"model":"gpt-4o","max_completion_tokens":50,"messages":[{"role":"user","content":"Hello"}]}""");
        Assert.Equal(2, (await SendAsync(connection, Call() with { Body = body, MaxTokensIsOurs = true })).Attempts);
        Assert.Contains("\"max_tokens\":50", simulator.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_neither_name_is_asked_twice_and_nothing_is_remembered()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "invalid_value", Message = RefusalOf("max_tokens") },
            new SimulatorFault { Code = "invalid_value", Message = "Unsupported parameter: 'max_completion_tokens'" });
        using ApiConnection connection = Connect(simulator);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call() with { MaxTokensIsOurs = true }));
        Assert.Equal(("invalid_value", 2), (error.Code, error.Attempts));
        Assert.Null(connection.MaxTokensNames.Find("gpt-4o"));
    }

    [Fact]
    public async Task A_request_of_the_callers_own_is_never_renamed()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "invalid_value", Message = RefusalOf("max_tokens") });
        using ApiConnection connection = Connect(simulator);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call()));
        Assert.Equal(1, error.Attempts);
    }

    [Fact]
    public async Task A_callers_headers_are_sent_with_each_try()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "internal_error" });
        using ApiConnection connection = Connect(simulator);
        await SendAsync(connection, Call() with { Headers = [new("X-Title", "a title")] });
        Assert.Equal(["a title", "a title"], simulator.Requests.Select(request => request.Headers["X-Title"]));
    }

    [Fact]
    public async Task A_header_that_is_none_is_refused_before_anything_is_sent()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using ApiConnection connection = Connect(simulator);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call() with { Headers = [new("X-A", "1\r\nX-B: 2")] }));
        Assert.Equal(("invalid_value", "Header", 0), (error.Code, error.Param, error.Attempts));
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_stream_cut_after_its_first_content_begins_anew_where_that_is_wanted()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.NoFinish });
        using ApiConnection connection = Connect(simulator);
        ChatObserver observer = new();
        ChatCompletion completion = await SendAsync(connection, Call(stream: true) with { RestartStream = true }, observer);
        Assert.Equal(("stream_interrupted", 2), (completion.AttemptHistory[0].Code, completion.Attempts));
        string[] texts = observer.Text.ToString().Split("<again>");
        Assert.Equal(2, texts.Length);
        Assert.NotEmpty(texts[0]);
        Assert.Equal(completion.Content, texts[1]);
    }

    [Fact]
    public async Task The_deadline_of_all_tries_ends_the_try_under_way()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Stall, Times = -1 });
        using ApiConnection connection = Connect(simulator);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(
            () => SendAsync(connection, Call() with { Retry = Quick with { MaximumTime = TimeSpan.FromSeconds(0.3) } }));
        Assert.Equal(("timeout", 1), (error.Code, error.Attempts));
        Assert.StartsWith("The 0.3 s for all tries together (-MaximumTimeSec) were over before ", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (connection.Gate.InFlight, connection.Gate.Waiting));
    }

    [Theory]
    [InlineData("x-ratelimit-remaining-requests: 0\r\nx-ratelimit-reset-requests: 50s", false)]
    [InlineData("x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 50s", false)]
    [InlineData("x-ratelimit-remaining-requests: 1\r\nx-ratelimit-reset-requests: 50s", true)]
    [InlineData("x-ratelimit-remaining-requests: 0", true)]
    public async Task A_limit_that_an_answer_calls_used_up_holds_back_the_next_before_it_is_met(string headers, bool enters)
    {
        using ScriptedServer server = new(($"200 OK\r\n{headers}", Completion));
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = server.BaseUri });
        Assert.Equal("Hi", (await SendAsync(connection, Call())).Content);
        Assert.Equal(0, connection.Gate.InFlight);
        Assert.Equal(enters, connection.Gate.TryEnter("gpt-4o", out _));
        Assert.True(connection.Gate.TryEnter("other", out _));
    }

    [Theory]
    [InlineData("service_unavailable", "-FallbackModel gpt-4.1")]
    [InlineData("concurrent_limit_exceeded", "-ThrottleLimit 3")]
    public async Task The_command_to_paste_next_has_the_calls_own_values(string code, string ending)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = code, Times = -1 });
        using ApiConnection connection = Connect(simulator);
        connection.Models = ["gpt-4o", "gpt-4o-mini", "gpt-4.1"];
        ChatCall call = Call() with { FallbackModels = ["gpt-4o-mini"], ThrottleLimit = 7 };
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, call));
        Assert.Equal("Invoke-ApiChat -Request $Error[0].Exception.Request " + ending, error.NextCommand);
    }

    [Fact]
    public async Task What_a_call_met_holds_back_the_next_which_says_how_to_wait_longer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "rate_limit_exceeded", RetryAfter = 600 });
        using ApiConnection connection = Connect(simulator);
        await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call()));
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(connection, Call()));
        Assert.Equal(("rate_limit_exceeded", 0, 1), (error.Code, error.Attempts, simulator.Requests.Count));
        Assert.Equal("Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumWaitSec 600", error.NextCommand);
    }

    private static string RefusalOf(string name) => $"Unsupported parameter: '{name}' is not supported with this model. Use 'max_completion_tokens' instead.";

    private static ApiConnection Connect(SimulatorFixture simulator) =>
        new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText(SimulatorKeys.Valid) });

    private static ChatCall Call(bool stream = false) => new()
    {
        Body = ChatRequestWriter.Write([ChatRequestWriter.Message("user", "Grüße")], new ChatParameters { Model = "gpt-4o", MaxTokens = 50, Stream = stream }),
        Model = "gpt-4o",
        Retry = Quick,
    };

    private static Task<ChatCompletion> SendAsync(ApiConnection connection, ChatCall call, ChatObserver? observer = null) =>
        new ChatClient(connection, TimeProvider.System).SendAsync(call, observer ?? new ChatObserver(), CancellationToken.None);
}
