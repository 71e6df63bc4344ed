using ApiTools.Errors;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

public sealed class RetryRunnerTests
{
    private readonly FakeTimeProvider _time = new();
    private FakeCall _call = new(_ => 0);
    private ConnectionGate? _gate;
    private Func<ApiException, string?> _mending = _ => null;

    private List<(RetryWait Wait, TimeSpan Left)> Waits => _call.Waits;

    [Fact]
    public async Task A_call_that_succeeds_is_made_once()
    {
        RetryResult<int> result = await RunAsync(_ => 7);
        Assert.Equal(7, result.Value);
        ApiAttempt attempt = Assert.Single(result.History);
        Assert.Equal((1, "m", 200, null, null), (attempt.Number, attempt.Model, attempt.Status, attempt.Code, attempt.Wait));
        Assert.Empty(Waits);
    }

    [Fact]
    public async Task A_passing_failure_is_waited_out_and_told_each_second()
    {
        int tries = 0;
        Task<RetryResult<int>> call = RunAsync(_ => ++tries == 1 ? throw Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(2.5)) : 7);
        await PassAsync(call);
        RetryResult<int> result = await call;
        Assert.Equal(2, tries);
        TimeSpan wait = Waits[0].Wait.Wait;
        Assert.InRange(wait, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(3.1));
        Assert.Equal([wait, wait - TimeSpan.FromSeconds(1), wait - TimeSpan.FromSeconds(2)], Waits.Take(3).Select(w => w.Left));
        Assert.Equal(TimeSpan.Zero, Waits[^1].Left);
        Assert.Equal([wait, null], result.History.Select(attempt => attempt.Wait));
        Assert.Equal(["rate_limit_exceeded", null], result.History.Select(attempt => attempt.Code));
        Assert.True(result.Duration >= wait);
    }

    [Fact]
    public async Task The_last_failure_carries_the_history_and_the_first_where_it_was_another()
    {
        Queue<ApiException> failures = new([Failure("internal_error", 500), Failure("service_unavailable", 503), Failure("service_unavailable", 503)]);
        Task<RetryResult<int>> call = RunAsync(_ => throw failures.Dequeue());
        await PassAsync(call);
        ApiServerException error = await Assert.ThrowsAsync<ApiServerException>(() => call);
        Assert.Equal(3, error.Attempts);
        Assert.Equal("service_unavailable", error.Code);
        Assert.Equal("internal_error", error.FirstError?.Code);
    }

    [Fact]
    public async Task What_no_wait_can_help_is_not_tried_again()
    {
        ApiAuthenticationException error = await Assert.ThrowsAsync<ApiAuthenticationException>(
            () => RunAsync(_ => throw Failure("invalid_api_key", 401)));
        Assert.Equal(1, error.Attempts);
        Assert.Empty(Waits);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_fails_at_once_and_says_when_to_come_back()
    {
        TimeSpan asked = TimeSpan.FromHours(114);
        ApiLimitException error = await Assert.ThrowsAsync<ApiLimitException>(
            () => RunAsync(_ => throw Failure("rate_limit_exceeded", 429, asked)));
        Assert.Equal(1, error.Attempts);
        Assert.Equal(_time.GetUtcNow() + asked, error.RetryAt);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        using CancellationTokenSource cancel = new();
        Task<RetryResult<int>> call = RunAsync(_ => throw Failure("internal_error", 500), cancellationToken: cancel.Token);
        Assert.False(call.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_failure_goes_to_the_next_model_at_once_where_the_page_says_so()
    {
        RetryResult<int> result = await RunAsync(["a", "b"], model => model == "a" ? throw Failure("service_unavailable", 503, TimeSpan.FromSeconds(30)) : 7);
        Assert.Equal(["a", "b"], _call.Models);
        Assert.Equal(TimeSpan.Zero, result.Duration);
        Assert.Equal(["a", "b"], result.History.Select(attempt => attempt.Model));
        Assert.Equal("1: 503 service_unavailable; tried 'b' next", result.History[0].ToString());
        Assert.Equal(TimeSpan.Zero, result.History[0].Wait);
        Assert.Equal([(2, 3, TimeSpan.Zero)], Waits.Select(told => (told.Wait.NextAttempt, told.Wait.MaximumAttempts, told.Left)));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_goes_to_the_next_model_at_once()
    {
        RetryResult<int> result = await RunAsync(["a", "b"], model => model == "a" ? throw Failure("rate_limit_exceeded", 429, TimeSpan.FromHours(1)) : 7);
        Assert.Equal(TimeSpan.Zero, result.Duration);
        Assert.Equal("tried 'b' next", result.History[0].Reason);
    }

    [Fact]
    public async Task Once_a_models_share_of_the_budget_is_spent_the_next_is_asked_after_the_usual_wait_and_the_last_has_the_rest()
    {
        Task<RetryResult<int>> call = RunAsync(["a", "b", "c"], _ => throw Failure("internal_error", 500), new RetryPolicy { MaximumRetryCount = 6 });
        await PassAsync(call);
        ApiServerException error = await Assert.ThrowsAsync<ApiServerException>(() => call);
        // Seven tries: 7/3 rounded up, 4/2, and what is left.
        Assert.Equal(["a", "a", "a", "b", "b", "c", "c"], _call.Models);
        Assert.Equal(7, error.Attempts);
        Assert.Matches("^tried 'b' next, after [0-9.]+ s$", error.AttemptHistory[2].Reason);
        Assert.True(error.AttemptHistory[2].Wait >= TimeSpan.FromSeconds(6));
        Assert.Equal("all 7 tries made", error.AttemptHistory[6].Reason);
    }

    [Fact]
    public async Task With_more_models_than_tries_each_is_asked_once_until_the_budget_is_spent()
    {
        Task<RetryResult<int>> call = RunAsync(["a", "b", "c", "d"], model => throw Failure("service_unavailable", 503, null, model!));
        await PassAsync(call);
        ApiServerException error = await Assert.ThrowsAsync<ApiServerException>(() => call);
        Assert.Equal(["a", "b", "c"], _call.Models);
        Assert.Equal(("c", "a"), (error.Message, error.FirstError?.Message));
    }

    [Theory]
    [InlineData("invalid_value", 400)]
    [InlineData("invalid_api_key", 401)]
    [InlineData("insufficient_quota", 429)]
    public async Task What_no_retry_helps_asks_no_other_model(string code, int status)
    {
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => RunAsync(["a", "b"], _ => throw Failure(code, status)));
        Assert.Equal((code, 1), (error.Code, error.Attempts));
    }

    [Fact]
    public async Task With_no_retries_allowed_no_other_model_is_asked()
    {
        RetryPolicy none = new() { MaximumRetryCount = 0 };
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => RunAsync(["a", "b"], _ => throw Failure("service_unavailable", 503), none));
        Assert.Equal(["a"], _call.Models);
        Assert.Equal("no retries are allowed", error.AttemptHistory[0].Reason);
    }

    [Fact]
    public async Task A_wait_that_would_pass_the_deadline_is_not_begun()
    {
        RetryPolicy policy = new() { MaximumTime = TimeSpan.FromSeconds(10) };
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => RunAsync(_ => throw Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(30)), policy));
        Assert.Empty(Waits);
        Assert.Matches(@"^a wait of 30(\.\d)? s, as the service asks, would pass the 10 s for all tries together$", error.AttemptHistory[0].Reason);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(30), error.RetryAt);
    }

    [Fact]
    public async Task A_wait_that_the_deadline_forbids_goes_to_the_next_model_at_once()
    {
        RetryPolicy policy = new() { MaximumTime = TimeSpan.FromSeconds(10) };
        RetryResult<int> result = await RunAsync(["a", "b"], model => model == "a" ? throw Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(30)) : 7, policy);
        Assert.Equal("tried 'b' next", result.History[0].Reason);
    }

    [Fact]
    public async Task A_try_that_the_deadline_ended_is_the_last_and_the_earlier_failure_stands_beside_it()
    {
        int tries = 0;
        Task<RetryResult<int>> call = RunAsync(["m", "other"], _ =>
        {
            if (++tries == 1)
            {
                throw Failure("internal_error", 500);
            }
            _time.Advance(TimeSpan.FromSeconds(60));
            throw ApiErrors.OutOfTime(TimeSpan.FromSeconds(60), "before 'host' had begun to answer");
        }, new RetryPolicy { MaximumTime = TimeSpan.FromSeconds(60), MaximumRetryCount = 9 });
        await PassAsync(call);
        ApiTimeoutException error = await Assert.ThrowsAsync<ApiTimeoutException>(() => call);
        Assert.Equal("The 60 s for all tries together (-MaximumTimeSec) were over before 'host' had begun to answer.", error.Message);
        Assert.Equal("Invoke-ApiChat -Request $Error[0].Exception.Request -MaximumTimeSec 120", error.NextCommand);
        Assert.Equal(("timeout", 2, "internal_error"), (error.Code, error.Attempts, error.FirstError?.Code));
        Assert.Equal("the time for all tries together is over", error.AttemptHistory[1].Reason);
    }

    [Fact]
    public async Task What_is_mended_is_sent_again_at_once_and_costs_nothing_of_the_budget()
    {
        int tries = 0;
        _mending = error => error.Code == "invalid_value" ? "renamed" : null;
        RetryResult<int> result = await RunAsync(_ => ++tries == 1 ? throw Failure("invalid_value", 400) : 7, new RetryPolicy { MaximumRetryCount = 0 });
        Assert.Equal(7, result.Value);
        Assert.Equal([("invalid_value", "renamed"), (null, "it succeeded")], result.History.Select(attempt => (attempt.Code, attempt.Reason)));
        Assert.Empty(Waits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_cut_after_its_first_content_is_sent_again_only_where_that_is_wanted_and_then_tells(bool restart)
    {
        ApiException cut = ApiErrors.StreamInterrupted("cut");
        cut.PartialContent = "half";
        int tries = 0;
        Task<RetryResult<int>> call = RunAsync(_ => ++tries == 1 ? throw cut : 7, new RetryPolicy { RestartStream = restart });
        await PassAsync(call);
        if (restart)
        {
            Assert.Equal(2, (await call).History.Count);
            Assert.Equal([cut], _call.Restarts);
        }
        else
        {
            Assert.Same(cut, await Assert.ThrowsAnyAsync<ApiException>(() => call));
            Assert.Equal("a part of the answer had come, and sending again would pay for it twice", cut.AttemptHistory[0].Reason);
            Assert.Empty(_call.Restarts);
        }
    }

    private static ApiException Failure(string code, int status, TimeSpan? retryAfter = null, string? message = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = message ?? code, RetryAfter = retryAfter });

    private Task<RetryResult<int>> RunAsync(Func<string?, int> attempt, RetryPolicy? policy = null, CancellationToken cancellationToken = default) =>
        RunAsync(["m"], attempt, policy, cancellationToken);

    private Task<RetryResult<int>> RunAsync(string[] models, Func<string?, int> attempt, RetryPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        _call = new FakeCall(attempt) { Mending = error => _mending(error) };
        RetryPolicy used = (policy ?? new RetryPolicy()) with { Time = _time };
        return new RetryRunner(used, _gate ??= new ConnectionGate(_time), _time).RunAsync(models, _call, cancellationToken);
    }

    private Task PassAsync(Task call) => FakeCall.PassAsync(_time, call);
}
