using ApiTools.Errors;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

public sealed class RetryRunnerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(TimeSpan Wait, TimeSpan Left)> _waits = [];

    [Fact]
    public async Task A_call_that_succeeds_is_made_once()
    {
        RetryResult<int> result = await Runner().RunAsync("m", () => Task.FromResult(7), Waiting, CancellationToken.None);
        Assert.Equal(7, result.Value);
        ApiAttempt attempt = Assert.Single(result.History);
        Assert.Equal((1, "m", 200, null, null), (attempt.Number, attempt.Model, attempt.Status, attempt.Code, attempt.Wait));
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task A_passing_failure_is_waited_out_and_told_each_second()
    {
        int tries = 0;
        Task<RetryResult<int>> call = Runner().RunAsync(
            "m", () => ++tries == 1 ? throw Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(2.5)) : Task.FromResult(7), Waiting, CancellationToken.None);
        await PassAsync(call);
        RetryResult<int> result = await call;
        Assert.Equal(2, tries);
        TimeSpan wait = _waits[0].Wait;
        Assert.InRange(wait, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(3.1));
        Assert.Equal([wait, wait - TimeSpan.FromSeconds(1), wait - TimeSpan.FromSeconds(2)], _waits.Take(3).Select(w => w.Left));
        Assert.Equal(TimeSpan.Zero, _waits[^1].Left);
        Assert.Equal([wait, null], result.History.Select(attempt => attempt.Wait));
        Assert.Equal(["rate_limit_exceeded", null], result.History.Select(attempt => attempt.Code));
        Assert.True(result.Duration >= wait);
    }

    [Fact]
    public async Task The_last_failure_carries_the_history_and_the_first_where_it_was_another()
    {
        Queue<ApiException> failures = new([Failure("internal_error", 500), Failure("service_unavailable", 503), Failure("service_unavailable", 503)]);
        Task<RetryResult<int>> call = Runner().RunAsync<int>("m", () => throw failures.Dequeue(), Waiting, CancellationToken.None);
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
            () => Runner().RunAsync<int>("m", () => throw Failure("invalid_api_key", 401), Waiting, CancellationToken.None));
        Assert.Equal(1, error.Attempts);
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_fails_at_once_and_says_when_to_come_back()
    {
        TimeSpan asked = TimeSpan.FromHours(114);
        ApiLimitException error = await Assert.ThrowsAsync<ApiLimitException>(
            () => Runner().RunAsync<int>("m", () => throw Failure("rate_limit_exceeded", 429, asked), Waiting, CancellationToken.None));
        Assert.Equal(1, error.Attempts);
        Assert.Equal(_time.GetUtcNow() + asked, error.RetryAt);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        using CancellationTokenSource cancel = new();
        Task<RetryResult<int>> call = Runner().RunAsync<int>("m", () => throw Failure("internal_error", 500), Waiting, cancel.Token);
        Assert.False(call.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static ApiException Failure(string code, int status, TimeSpan? retryAfter = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = code, RetryAfter = retryAfter });

    private RetryRunner Runner() => new(new RetryPolicy { Time = _time }, _time);

    private ValueTask Waiting(RetryWait wait, TimeSpan left)
    {
        _waits.Add((wait.Wait, left));
        return default;
    }

    // Moves the fake clock until the call ends; each step lets what waits for it run.
    private async Task PassAsync(Task call)
    {
        for (int step = 0; step < 10_000 && !call.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }
    }
}
