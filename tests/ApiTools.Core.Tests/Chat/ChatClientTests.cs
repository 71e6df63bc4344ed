using System.Diagnostics;
using ApiTools.Chat;
using ApiTools.Core.Tests.Simulator;
using ApiTools.Http;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Chat;

/// <summary>The client against the simulator, over real HTTP: each fault becomes its typed error, and nothing is half an answer.</summary>
public sealed class ChatClientTests
{
    private static readonly RetryPolicy NoRetry = new() { MaximumRetryCount = 0 };
    private static readonly RetryPolicy QuickRetry = new() { RetryInterval = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_comes_whole_plain_or_streamed(bool stream)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ChatObserver observer = new();
        ChatCompletion completion = await SendAsync(simulator, stream, NoRetry, observer);
        Assert.StartsWith("You asked: \"Hello\"", completion.Content, StringComparison.Ordinal);
        Assert.Equal("gpt-4o", completion.Model);
        Assert.Equal("stop", completion.FinishReason);
        Assert.Equal("req_sim_000001", completion.RequestId);
        Assert.Equal(9999, completion.RateLimit?.RemainingRequests);
        Assert.Equal(1, completion.Attempts);
        Assert.True(completion.Usage?.TotalTokens > 0);
        Assert.Equal(stream ? completion.Content : string.Empty, observer.Text.ToString());
    }

    [Fact]
    public async Task A_stream_and_a_plain_answer_are_the_same_text()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        Assert.Equal((await SendAsync(simulator, false, NoRetry)).Content, (await SendAsync(simulator, true, NoRetry)).Content);
    }

    [Theory]
    [InlineData("invalid_api_key", typeof(ApiAuthenticationException), 1)]
    [InlineData("expired_api_key", typeof(ApiAuthenticationException), 1)]
    [InlineData("revoked_api_key", typeof(ApiAuthenticationException), 1)]
    [InlineData("missing_required_field", typeof(ApiRequestException), 1)]
    [InlineData("invalid_value", typeof(ApiRequestException), 1)]
    [InlineData("model_not_supported", typeof(ApiRequestException), 1)]
    [InlineData("context_length_exceeded", typeof(ApiRequestException), 1)]
    [InlineData("rate_limit_exceeded", typeof(ApiLimitException), 3)]
    [InlineData("insufficient_quota", typeof(ApiLimitException), 1)]
    [InlineData("concurrent_limit_exceeded", typeof(ApiLimitException), 3)]
    [InlineData("internal_error", typeof(ApiServerException), 3)]
    [InlineData("service_unavailable", typeof(ApiServerException), 3)]
    public async Task Each_documented_code_is_its_class_and_tried_as_often_as_helps(string code, Type type, int tries)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = code, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(simulator, false, QuickRetry));
        Assert.IsType(type, error);
        Assert.Equal((code, tries), (error.Code, error.Attempts));
        Assert.Equal(tries, simulator.Requests.Count);
        Assert.Equal("""{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""", error.Request);
        Assert.NotNull(error.RequestId);
    }

    [Theory]
    [InlineData(SimulatorFaultKind.Close, false, "connection_failed", true)]
    [InlineData(SimulatorFaultKind.Reset, false, "connection_failed", true)]
    [InlineData(SimulatorFaultKind.Garbage, false, null, false)]
    [InlineData(SimulatorFaultKind.Html, false, "invalid_response", false)]
    [InlineData(SimulatorFaultKind.Empty, false, "invalid_response", false)]
    [InlineData(SimulatorFaultKind.InvalidJson, false, "invalid_response", false)]
    [InlineData(SimulatorFaultKind.StreamError, true, "internal_error", false)]
    [InlineData(SimulatorFaultKind.NoFinish, true, "stream_interrupted", false)]
    [InlineData(SimulatorFaultKind.InvalidJson, true, "invalid_response", false)]
    public async Task Each_misbehaviour_is_a_typed_error_and_never_half_an_answer(SimulatorFaultKind kind, bool stream, string? code, bool retried)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = kind, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(simulator, stream, QuickRetry));
        Assert.Equal(code ?? error.Code, error.Code);
        Assert.Equal(retried ? 3 : error.Code == "connection_failed" ? 3 : 1, error.Attempts);
        if (stream)
        {
            Assert.StartsWith("You asked", error.PartialContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SimulatorFaultKind.NoDone, true)]
    [InlineData(SimulatorFaultKind.Truncated, true)]
    [InlineData(SimulatorFaultKind.WrongContentType, false)]
    [InlineData(SimulatorFaultKind.Slow, false)]
    public async Task What_is_whole_is_taken_whatever_its_wrapping(SimulatorFaultKind kind, bool stream)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = kind, Times = -1, DelayMs = kind == SimulatorFaultKind.Slow ? 1 : null });
        Assert.StartsWith("You asked", (await SendAsync(simulator, stream, NoRetry)).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_breaks_before_its_first_text_is_sent_again()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Close, AtByte = 0 });
        ChatCompletion completion = await SendAsync(simulator, true, QuickRetry);
        Assert.Equal(2, completion.Attempts);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out_and_no_sooner_than_asked()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "rate_limit_exceeded", RetryAfterMs = 300 });
        Stopwatch watch = Stopwatch.StartNew();
        ChatCompletion completion = await SendAsync(simulator, false, QuickRetry);
        Assert.True(watch.ElapsedMilliseconds >= 300);
        Assert.Equal(2, completion.Attempts);
        Assert.Equal("rate_limit_exceeded", completion.AttemptHistory[0].Code);
    }

    [Fact]
    public async Task A_stream_of_nothing_but_comments_is_no_life()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.KeepAlive, DelayMs = 20, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(
            () => SendAsync(simulator, true, NoRetry, limits: new AttemptLimits(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(0.3))));
        Assert.IsType<ApiTimeoutException>(error);
        Assert.Contains("sent nothing more for 0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_a_time_out()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Stall, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(
            () => SendAsync(simulator, false, NoRetry, limits: new AttemptLimits(TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(30))));
        Assert.IsType<ApiTimeoutException>(error);
        Assert.EndsWith("did not answer in 0.3 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_no_error_but_a_cancellation()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Stall, Times = -1 });
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(simulator, false, QuickRetry, cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task A_huge_answer_is_refused()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Huge, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(simulator, false, NoRetry));
        Assert.Equal("response_too_large", error.Code);
    }

    [Fact]
    public async Task An_address_without_its_version_is_explained()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = $"http://127.0.0.1:{simulator.Port}", ApiKey = ApiKeys.FromText(SimulatorKeys.Valid) });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => new ServiceProbe(connection, TimeProvider.System).ListModelsAsync(CancellationToken.None));
        Assert.IsType<ApiNotFoundException>(error);
        Assert.Contains("most services have it under /v1", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Connect-ApiService -BaseUri http://127.0.0.1:{simulator.Port}/v1", error.NextCommand);
    }

    [Fact]
    public async Task The_key_reaches_no_part_of_an_error()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "invalid_api_key", Message = "Incorrect key: " + SimulatorKeys.Valid, Times = -1 });
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => SendAsync(simulator, false, NoRetry));
        IEnumerable<string?> texts = typeof(ApiException).GetProperties().Select(property => property.GetValue(error)?.ToString());
        Assert.DoesNotContain(texts.Append(error.ToString()), text => text?.Contains(SimulatorKeys.Valid, StringComparison.Ordinal) == true);
        Assert.Contains("***", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ChatCompletion> SendAsync(
        SimulatorFixture simulator, bool stream, RetryPolicy retry, ChatObserver? observer = null, AttemptLimits? limits = null, CancellationToken cancellationToken = default)
    {
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = simulator.BaseUri.AbsoluteUri, ApiKey = ApiKeys.FromText(SimulatorKeys.Valid) });
        ChatCall call = new()
        {
            Body = ChatRequestWriter.Write([ChatRequestWriter.Message("user", "Hello")], new ChatParameters { Model = "gpt-4o", Stream = stream }),
            Model = "gpt-4o",
            Retry = retry,
            Limits = limits ?? AttemptLimits.Default,
        };
        return await new ChatClient(connection, TimeProvider.System).SendAsync(call, observer ?? new ChatObserver(), cancellationToken);
    }
}
