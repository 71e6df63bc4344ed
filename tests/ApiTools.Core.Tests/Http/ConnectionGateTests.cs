using ApiTools.Errors;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

public sealed class ConnectionGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionGate _gate;

    public ConnectionGateTests() => _gate = new ConnectionGate(_time);

    [Fact]
    public void It_lets_eight_in_and_the_next_where_one_has_left()
    {
        GatePass[] passes = [.. Enumerable.Range(0, 8).Select(_ => Enter())];
        Assert.False(_gate.TryEnter("m", out _));
        GateWaiter waiter = _gate.Enqueue("m");
        Assert.False(_gate.TryEnter(waiter, out _, out GateHold? hold));
        Assert.Null(hold);
        _gate.Cancel();
        Assert.True(waiter.Signal.Task.IsCompletedSuccessfully);
        Assert.True(_gate.TryEnter(waiter, out GatePass pass, out _));
        Assert.Equal(8, pass.InFlight);
        Assert.Equal((8, 8, 0), (passes.Length, _gate.InFlight, _gate.Waiting));
    }

    [Fact]
    public void Who_came_first_enters_first_and_nobody_overtakes()
    {
        Fill();
        GateWaiter[] waiters = [.. Enumerable.Range(0, 3).Select(_ => _gate.Enqueue("m"))];
        _gate.Cancel();
        Assert.False(_gate.TryEnter("m", out _));
        Assert.Equal([true, false, false], waiters.Select(waiter => _gate.TryEnter(waiter, out _, out _)));
        _gate.Cancel();
        Assert.Equal([true, true, false], waiters.Select(waiter => _gate.TryEnter(waiter, out _, out _)));
    }

    [Fact]
    public void Nobody_overtakes_who_was_held_back_once_the_hold_is_over()
    {
        _gate.HoldUntilReset("m", TimeSpan.FromSeconds(5));
        GateWaiter waiter = _gate.Enqueue("m");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_gate.TryEnter("m", out _));
        Assert.True(_gate.TryEnter(waiter, out _, out _));
    }

    [Fact]
    public void A_success_while_all_places_are_used_makes_one_more()
    {
        GatePass[] passes = Fill();
        _gate.Succeed(passes[0]);
        Assert.Equal((9, 7), (_gate.Level, _gate.InFlight));
    }

    [Theory]
    [InlineData("concurrent_limit_exceeded", 429, null, 4)]
    [InlineData("rate_limit_exceeded", 429, null, 4)]
    [InlineData("their_own", 429, null, 4)]
    [InlineData("service_unavailable", 503, "overloaded_error", 4)]
    [InlineData("service_unavailable", 503, null, 8)]
    [InlineData("internal_error", 500, null, 8)]
    [InlineData("insufficient_quota", 429, null, 8)]
    [InlineData("invalid_value", 400, null, 8)]
    [InlineData("timeout", null, null, 8)]
    public void Only_what_says_that_it_is_too_much_at_once_lowers_the_level(string code, int? status, string? type, int level)
    {
        GatePass[] passes = Fill();
        _gate.Fail(passes[0], Failure(code, status, type: type));
        Assert.Equal(level, _gate.Level);
    }

    [Fact]
    public void The_level_is_halved_once_for_all_that_were_under_way_then_and_again_for_those_begun_after()
    {
        GatePass[] passes = Fill();
        foreach (GatePass pass in passes)
        {
            _gate.Fail(pass, Failure("concurrent_limit_exceeded", 429));
        }
        Assert.Equal((4, 0), (_gate.Level, _gate.InFlight));
        GatePass[] later = [.. Enumerable.Range(0, 4).Select(_ => Enter())];
        _gate.Fail(later[3], Failure("concurrent_limit_exceeded", 429));
        Assert.Equal(2, _gate.Level);
    }

    [Fact]
    public void A_rate_limit_met_by_one_holds_back_all_of_that_model_and_no_other_as_long_as_told()
    {
        _gate.Fail(Enter(), Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(20)));
        Assert.False(_gate.TryEnter("m", out _));
        Assert.True(_gate.TryEnter("other", out _));
        _gate.Cancel();
        _time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.False(_gate.TryEnter("m", out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_gate.TryEnter("m", out _));
    }

    [Fact]
    public void A_shorter_wait_does_not_shorten_a_hold()
    {
        GatePass[] passes = [Enter(), Enter()];
        _gate.Fail(passes[0], Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(20)));
        _gate.Fail(passes[1], Failure("rate_limit_exceeded", 429, TimeSpan.FromSeconds(5)));
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(_gate.TryEnter("m", out _));
    }

    [Theory]
    [InlineData("insufficient_quota", 429, true)]
    [InlineData("internal_error", 500, true)]
    [InlineData("service_unavailable", 503, false)]
    [InlineData("concurrent_limit_exceeded", 429, false)]
    public void What_concerns_one_call_holds_back_no_other(string code, int status, bool enters)
    {
        _gate.Fail(Enter(), Failure(code, status, TimeSpan.FromSeconds(20)));
        Assert.Equal(enters, _gate.TryEnter("m", out _));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(3600, 60)]
    public void A_limit_that_is_used_up_holds_back_until_its_reset_a_minute_at_most(double reset, double held)
    {
        _gate.HoldUntilReset("m", TimeSpan.FromSeconds(reset));
        _time.Advance(TimeSpan.FromSeconds(held - 0.001));
        Assert.False(_gate.TryEnter("m", out _));
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(_gate.TryEnter("m", out _));
    }

    [Fact]
    public void A_waiter_that_gives_up_leaves_no_place_taken()
    {
        Fill();
        GateWaiter queued = _gate.Enqueue("m");
        GateWaiter given = _gate.Enqueue("m");
        _gate.Abandon(queued);
        _gate.Cancel();
        Assert.True(given.Signal.Task.IsCompleted);
        Assert.Equal(8, _gate.InFlight);
        _gate.Abandon(given);
        Assert.Equal((7, 0), (_gate.InFlight, _gate.Waiting));
    }

    [DotNetFact("nothing tells what a thread allocates")]
    public void Entering_without_a_wait_allocates_nothing()
    {
        void EnterAndLeave()
        {
            for (int i = 0; i < 1000; i++)
            {
                _gate.TryEnter("m", out GatePass pass);
                _gate.Succeed(pass);
            }
        }
        EnterAndLeave();
        long before = GC.GetAllocatedBytesForCurrentThread();
        EnterAndLeave();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>
    /// Thousands of steps of callers that come, succeed, fail, wait and give up, one at a time so that each state can be looked at: no more
    /// under way than the level lets in, no hold undercut, first come first served, and in the end nobody is left.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_callers_do_the_gate_keeps_its_word(int seed)
    {
        GateModel model = new(_gate, _time, new Random(seed));
        for (int step = 0; step < 10_000; step++)
        {
            model.Step();
        }
        model.Finish();
        Assert.Equal((0, 0), (_gate.InFlight, _gate.Waiting));
        Assert.True(model.Entered > 2_000, $"only {model.Entered} entered");
    }

    [Fact]
    public void A_hold_that_ends_while_the_gate_is_asked_leaves_nobody_waiting_for_a_signal_that_never_comes()
    {
        // A clock that goes on at each look, as a real one does.
        CreepingTimeProvider time = new();
        for (int ticks = 1; ticks < 20; ticks++)
        {
            ConnectionGate gate = new(time);
            GateWaiter waiter = gate.Enqueue("m");
            gate.HoldUntilReset("m", TimeSpan.FromTicks(ticks));
            GateHold? hold;
            while (!gate.TryEnter(waiter, out _, out hold))
            {
                // Nothing is under way, so nothing would ever signal.
                Assert.NotNull(hold);
            }
        }
    }

    [Fact]
    public void One_more_enters_where_all_that_are_under_way_wait_for_their_readers()
    {
        Fill();
        GateWaiter first = _gate.Enqueue("m");
        GateWaiter second = _gate.Enqueue("m");
        for (int i = 0; i < 7; i++)
        {
            _gate.Pause();
        }
        Assert.False(_gate.TryEnter(first, out _, out _));
        _gate.Pause();
        Assert.True(first.Signal.Task.IsCompletedSuccessfully);
        Assert.True(_gate.TryEnter(first, out _, out _));
        // It is under way itself, so it is its turn to end.
        Assert.False(_gate.TryEnter(second, out _, out _));
        for (int i = 0; i < 8; i++)
        {
            _gate.Resume();
        }
        _gate.Cancel();
        Assert.False(_gate.TryEnter(second, out _, out _));
        _gate.Cancel();
        Assert.True(_gate.TryEnter(second, out _, out _));
    }

    private sealed class CreepingTimeProvider : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++_ticks;
    }

    private GatePass Enter()
    {
        Assert.True(_gate.TryEnter("m", out GatePass pass));
        return pass;
    }

    private GatePass[] Fill() => [.. Enumerable.Range(0, 8).Select(_ => Enter())];

    private static ApiException Failure(string code, int? status, TimeSpan? retryAfter = null, string? type = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = code, RetryAfter = retryAfter, Type = type });
}
