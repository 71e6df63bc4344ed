using System.Diagnostics;
using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Time;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

/// <summary>Calls at a shared gate: what one of them meets, the others feel.</summary>
public sealed class GateEntranceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ConnectionGate _gate;

    public GateEntranceTests() => _gate = new ConnectionGate(_time);

    [Fact]
    public async Task A_call_that_is_held_back_by_anothers_rate_limit_waits_tells_of_it_and_is_sent_then()
    {
        Meet("rate_limit_exceeded", 429, 2.5);
        FakeCall call = new(_ => 7);
        Task<RetryResult<int>> task = RunAsync(call);
        Assert.Empty(call.Models);
        await FakeCall.PassAsync(_time, task);
        RetryResult<int> result = await task;
        Assert.Equal(1, Assert.Single(result.History).Number);
        Assert.True(call.Starts[0] >= TimeSpan.FromSeconds(2.5));
        (RetryWait wait, TimeSpan left) = call.Waits[0];
        Assert.Equal((true, 1, 3, TimeSpan.FromSeconds(2.5)), (wait.IsHeldBack, wait.NextAttempt, wait.MaximumAttempts, wait.Wait));
        Assert.Equal("held back for 2.5 s: rate_limit_exceeded, which another call over this connection met", wait.Reason);
        Assert.Equal([2.5, 1.5, 0.5, 0], call.Waits.Select(told => told.Left.TotalSeconds));
        Assert.Equal(wait.Wait, left);
    }

    [Fact]
    public async Task A_call_that_would_be_held_back_too_long_fails_at_once_says_when_to_come_back_and_is_not_sent()
    {
        Meet("rate_limit_exceeded", 429, 3600);
        FakeCall call = new(_ => 7);
        ApiLimitException error = await Assert.ThrowsAsync<ApiLimitException>(() => RunAsync(call));
        Assert.Equal(("rate_limit_exceeded", 0, null), (error.Code, error.Attempts, error.Status));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), error.RetryAt);
        Assert.Equal(
            "Not sent: an earlier call over this connection was told to wait until 2026-01-01 13:00:00, longer than this one may wait. It was told: rate_limit_exceeded",
            error.Message);
        Assert.Empty(call.Models);
        Assert.Empty(call.Waits);
        AssertNobodyLeft();
    }

    [Fact]
    public async Task A_call_that_would_be_held_back_past_its_deadline_fails_at_once()
    {
        Meet("rate_limit_exceeded", 429, 30);
        ApiLimitException error = await Assert.ThrowsAsync<ApiLimitException>(() => RunAsync(new FakeCall(_ => 7), new RetryPolicy { MaximumTime = TimeSpan.FromSeconds(20) }));
        Assert.Equal(0, error.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(30), error.RetryAfter);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", 429, 3600)]
    [InlineData("service_unavailable", 503, 30)]
    public async Task A_model_that_is_held_back_is_left_for_the_next_where_it_takes_too_long_or_is_out_of_service(string code, int status, double seconds)
    {
        Meet(code, status, seconds);
        FakeCall call = new(_ => 7);
        RetryResult<int> result = await RunAsync(call, models: ["m", "other"]);
        Assert.Equal(["other"], call.Models);
        Assert.Single(result.History);
        Assert.Equal((true, "tried 'other' next"), (call.Waits.Count == 1, call.Waits[0].Wait.Reason));
    }

    [Fact]
    public async Task A_call_in_its_retry_wait_holds_no_place()
    {
        int tries = 0;
        Task<RetryResult<int>> task = RunAsync(new FakeCall(_ => ++tries == 1 ? throw Failure("internal_error", 500) : 7));
        Assert.Equal((0, false), (_gate.InFlight, task.IsCompleted));
        await FakeCall.PassAsync(_time, task);
        await task;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_the_wait_at_the_gate_and_leaves_no_place_taken(bool isHeld)
    {
        if (isHeld)
        {
            Meet("rate_limit_exceeded", 429, 60);
        }
        else
        {
            Fill();
        }
        int before = _gate.InFlight;
        using CancellationTokenSource cancel = new();
        Task<RetryResult<int>> task = RunAsync(new FakeCall(_ => 7), cancellationToken: cancel.Token);
        Assert.Equal((1, false), (_gate.Waiting, task.IsCompleted));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal((before, 0), (_gate.InFlight, _gate.Waiting));
    }

    [Fact]
    public async Task A_try_that_is_cancelled_leaves_its_place()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(new FakeCall(new Func<string?, int>(_ => throw new OperationCanceledException()))));
        AssertNobodyLeft();
    }

    [Fact]
    public async Task The_deadline_ends_the_wait_for_a_place()
    {
        Fill();
        Task<RetryResult<int>> task = RunAsync(new FakeCall(_ => 7), new RetryPolicy { MaximumTime = TimeSpan.FromSeconds(20) });
        await FakeCall.PassAsync(_time, task, 19);
        ApiTimeoutException error = await Assert.ThrowsAsync<ApiTimeoutException>(() => task);
        Assert.Equal("The 20 s for all tries together (-MaximumTimeSec) were over before the service had room for the request.", error.Message);
        Assert.Equal((0, 8, 0), (error.Attempts, _gate.InFlight, _gate.Waiting));
    }

    [Fact]
    public async Task Who_waits_for_a_place_is_held_back_too_when_a_limit_is_met_meanwhile()
    {
        GatePass[] passes = Fill();
        FakeCall call = new(_ => 7);
        Task<RetryResult<int>> task = RunAsync(call);
        _gate.Fail(passes[0], Failure("rate_limit_exceeded", 429, 10));
        foreach (GatePass pass in passes.Skip(1))
        {
            _gate.Succeed(pass);
        }
        await call.HasWaitedAsync(1);
        await FakeCall.PassAsync(_time, task);
        await task;
        Assert.True(call.Starts[0] >= TimeSpan.FromSeconds(10));
        Assert.True(call.Waits[0].Wait.IsHeldBack);
    }

    /// <summary>Real threads, a fake clock, and outcomes by chance: all calls end, and none leaves anything behind.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Many_calls_at_once_all_end_and_leave_nothing_behind(int seed)
    {
        using CancellationTokenSource cancel = new();
        Task[] calls = [.. Enumerable.Range(0, 300).Select(number => CallAsync(new Random((seed * 1000) + number), number % 10 == 0 ? cancel : null))];
        Task all = Task.WhenAll(calls);
        // The clock may outrun the calls, but not for ever: what has not ended then never will.
        for (Stopwatch watch = Stopwatch.StartNew(); !all.IsCompleted && watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }
        Assert.True(all.IsCompletedSuccessfully, $"{calls.Count(call => !call.IsCompleted)} calls have not ended, {all.Exception}");
        AssertNobodyLeft();
        Assert.True(_gate.Level >= 1);
    }

    private async Task CallAsync(Random random, CancellationTokenSource? cancel)
    {
        await Task.Yield();
        FakeCall call = new(async _ =>
        {
            await _time.WaitAsync(TimeSpan.FromMilliseconds(random.Next(1, 500)), CancellationToken.None);
            return random.Next(6) switch
            {
                0 => throw Failure("concurrent_limit_exceeded", 429),
                1 => throw Failure("rate_limit_exceeded", 429, random.Next(1, 5)),
                2 => throw Failure("internal_error", 500),
                _ => 7,
            };
        });
        try
        {
            string[] models = random.Next(2) == 0 ? ["m"] : ["m", "other"];
            Task<RetryResult<int>> task = RunAsync(call, new RetryPolicy { MaximumRetryCount = 5, Jitter = new Jitter(random.Next()) }, models, cancel?.Token ?? default);
            if (cancel is not null && random.Next(4) == 0)
            {
                await cancel.CancelAsync();
            }
            await task;
        }
        catch (Exception exception) when (exception is ApiException or OperationCanceledException)
        {
            // What a caller is told is not the point here.
        }
    }

    private Task<RetryResult<int>> RunAsync(FakeCall call, RetryPolicy? policy = null, string[]? models = null, CancellationToken cancellationToken = default) =>
        new RetryRunner((policy ?? new RetryPolicy()) with { Time = _time }, _gate, _time).RunAsync(models ?? ["m"], call, cancellationToken);

    // As another call of the connection does.
    private void Meet(string code, int status, double retryAfter)
    {
        Assert.True(_gate.TryEnter("m", out GatePass pass));
        _gate.Fail(pass, Failure(code, status, retryAfter));
    }

    private GatePass[] Fill() => [.. Enumerable.Range(0, 8).Select(_ => _gate.TryEnter("m", out GatePass pass) ? pass : throw new InvalidOperationException())];

    private void AssertNobodyLeft() => Assert.Equal((0, 0), (_gate.InFlight, _gate.Waiting));

    private static ApiException Failure(string code, int status, double? retryAfter = null) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = code,
            Status = status,
            Message = code,
            RetryAfter = retryAfter is double seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
}
