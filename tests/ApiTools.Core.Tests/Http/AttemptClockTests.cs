using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

public sealed class AttemptClockTests
{
    private static readonly Uri Address = new("https://host/v1");
    private readonly FakeTimeProvider _time = new();
    private readonly AttemptLimits _limits = new(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(60));

    [Fact]
    public void An_answer_that_does_not_begin_may_take_the_whole_attempt()
    {
        using AttemptClock clock = new(_limits, _time, CancellationToken.None);
        Pass(599.9);
        Assert.False(clock.Token.IsCancellationRequested);
        Pass(0.1);
        Assert.Equal("'host' did not answer in 600 s.", Failure(clock));
    }

    [Fact]
    public void A_limit_for_the_first_byte_ends_it_sooner_and_says_so()
    {
        using AttemptClock clock = new(_limits with { FirstByte = TimeSpan.FromSeconds(5) }, _time, CancellationToken.None);
        Pass(5);
        Assert.Equal("'host' did not begin to answer in 5 s.", Failure(clock));
    }

    [Fact]
    public void The_limit_for_the_first_byte_is_over_once_it_came()
    {
        using AttemptClock clock = new(_limits with { FirstByte = TimeSpan.FromSeconds(5) }, _time, CancellationToken.None);
        Pass(4);
        clock.Touch();
        Pass(59.9);
        Assert.False(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void An_answer_that_stalls_in_the_middle_is_ended_and_said_to_have_stalled()
    {
        using AttemptClock clock = new(_limits, _time, CancellationToken.None);
        clock.Touch();
        Pass(50);
        clock.Touch();
        Pass(59.9);
        Assert.False(clock.Token.IsCancellationRequested);
        Pass(0.1);
        Assert.Equal("'host' sent nothing more for 60 s, in the middle of its answer.", Failure(clock));
    }

    [Fact]
    public void While_it_is_paused_only_the_whole_counts_and_after_it_the_pieces_again()
    {
        using AttemptClock clock = new(_limits, _time, CancellationToken.None);
        clock.Touch();
        clock.Pause();
        Pass(300);
        Assert.False(clock.Token.IsCancellationRequested);
        clock.Touch();
        Pass(59.9);
        Assert.False(clock.Token.IsCancellationRequested);
        Pass(0.1);
        Assert.Equal("'host' sent nothing more for 60 s, in the middle of its answer.", Failure(clock));

        using AttemptClock other = new(_limits, _time, CancellationToken.None);
        other.Touch();
        other.Pause();
        Pass(600);
        Assert.Equal("'host' was still sending its answer after 600 s, the time for one try.", Failure(other));
    }

    [Fact]
    public void An_answer_that_still_comes_when_the_whole_is_over_is_told_from_one_that_never_began()
    {
        using AttemptClock clock = new(_limits, _time, CancellationToken.None);
        for (int i = 0; i < 30; i++)
        {
            clock.Touch();
            Pass(20);
        }
        Assert.Equal("'host' was still sending its answer after 600 s, the time for one try.", Failure(clock));
    }

    [Theory]
    [InlineData(false, "The 60 s for all tries together (-MaximumTimeSec) were over before 'host' had begun to answer.")]
    [InlineData(true, "The 60 s for all tries together (-MaximumTimeSec) were over before 'host' had sent its whole answer.")]
    public void What_the_deadline_of_all_tries_ends_says_so_and_is_never_tried_again(bool begun, string message)
    {
        using AttemptClock clock = new(_limits.Within(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(40)), _time, CancellationToken.None);
        Pass(19.9);
        if (begun)
        {
            clock.Touch();
        }
        Assert.False(clock.Token.IsCancellationRequested);
        Pass(0.1);
        Assert.Equal(message, Failure(clock));
        Assert.Equal(RetryAdvice.Never, clock.Failure(Address)!.Retry);
    }

    [Fact]
    public void A_deadline_further_away_than_the_whole_changes_nothing()
    {
        AttemptLimits limits = _limits.Within(TimeSpan.FromSeconds(3600), TimeSpan.FromSeconds(40));
        Assert.Equal((TimeSpan.FromSeconds(600), false), (limits.End, limits.EndsAllTries));
    }

    [Fact]
    public void A_caller_that_cancels_is_no_time_out()
    {
        using CancellationTokenSource caller = new();
        using AttemptClock clock = new(_limits, _time, caller.Token);
        caller.Cancel();
        Assert.True(clock.Token.IsCancellationRequested);
        Assert.Null(clock.Failure(Address));
    }

    private string? Failure(AttemptClock clock)
    {
        Assert.True(clock.Token.IsCancellationRequested);
        ApiException? error = clock.Failure(Address);
        Assert.IsType<ApiTimeoutException>(error);
        return error.Message;
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
