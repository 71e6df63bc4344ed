using ApiTools.Errors;
using ApiTools.Http;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Http;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Default = new() { Jitter = new Jitter(7) };

    [Fact]
    public void The_defaults_are_those_of_the_design() =>
        Assert.Equal(
            (2, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(120)),
            (Default.MaximumRetryCount, Default.RetryInterval, Default.MaximumWait));

    [Fact]
    public void The_waits_are_about_two_and_four_seconds_as_on_the_page()
    {
        for (int i = 0; i < 200; i++)
        {
            Assert.InRange(Default.Decide(Error("internal_error", 500), 1, TimeSpan.Zero).Wait.TotalSeconds, 1.5, 2.5);
            Assert.InRange(Default.Decide(Error("internal_error", 500), 2, TimeSpan.Zero).Wait.TotalSeconds, 3, 5);
        }
        Assert.Equal(RetryVerdict.BudgetSpent, Default.Decide(Error("internal_error", 500), 3, TimeSpan.Zero).Verdict);
    }

    [Fact]
    public void The_same_seed_gives_the_same_waits_and_waits_differ()
    {
        static TimeSpan[] Waits()
        {
            RetryPolicy policy = new() { Jitter = new Jitter(3) };
            return [.. Enumerable.Range(0, 5).Select(_ => policy.Decide(Error("timeout", null), 1, TimeSpan.Zero).Wait)];
        }

        Assert.Equal(Waits(), Waits());
        Assert.Equal(5, Waits().Distinct().Count());
    }

    [Theory]
    [InlineData("invalid_api_key", 401)]
    [InlineData("expired_api_key", 401)]
    [InlineData("revoked_api_key", 401)]
    [InlineData("missing_required_field", 400)]
    [InlineData("invalid_value", 400)]
    [InlineData("model_not_supported", 400)]
    [InlineData("context_length_exceeded", 400)]
    [InlineData("insufficient_quota", 429)]
    [InlineData("no_connection", null)]
    [InlineData("invalid_response", null)]
    [InlineData("response_too_large", null)]
    [InlineData("cancelled", null)]
    [InlineData("http_403", 403)]
    [InlineData("http_404", 404)]
    [InlineData("their_own", 418)]
    public void What_no_wait_changes_is_never_retried(string code, int? status)
    {
        RetryDecision decision = Default.Decide(Error(code, status, TimeSpan.FromSeconds(1)), 1, TimeSpan.Zero);

        Assert.Equal((RetryVerdict.OfNoUse, TimeSpan.Zero, "a wait changes nothing"), (decision.Verdict, decision.Wait, decision.Reason));
        Assert.False(decision.IsRetry);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", 429)]
    [InlineData("concurrent_limit_exceeded", 429)]
    [InlineData("internal_error", 500)]
    [InlineData("service_unavailable", 503)]
    [InlineData("connection_failed", null)]
    [InlineData("timeout", null)]
    [InlineData("stream_interrupted", null)]
    [InlineData("http_408", 408)]
    [InlineData("http_409", 409)]
    [InlineData("http_425", 425)]
    [InlineData("their_own", 429)]
    [InlineData("their_own", 500)]
    [InlineData("their_own", 599)]
    public void What_a_wait_may_change_is_retried(string code, int? status) =>
        Assert.Equal(RetryVerdict.Retry, Default.Decide(Error(code, status), 1, TimeSpan.Zero).Verdict);

    [Fact]
    public void A_request_larger_than_the_limit_itself_is_not_retried_and_says_so()
    {
        ApiException error = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "rate_limit_exceeded",
            Status = 429,
            Message = "m",
            RetryAfter = TimeSpan.FromSeconds(1),
            WaitIsOfNoUse = true,
        });

        RetryDecision decision = Default.Decide(error, 1, TimeSpan.Zero);

        Assert.Equal(RetryVerdict.OfNoUse, decision.Verdict);
        Assert.Equal("the request is larger than the limit itself: a wait changes nothing", decision.Reason);
    }

    [Fact]
    public void A_wait_that_nobody_would_sit_through_fails_at_once_and_says_when_to_come_back()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        RetryPolicy policy = new() { Time = time };

        RetryDecision decision = policy.Decide(Error("rate_limit_exceeded", 429, TimeSpan.FromHours(114.3)), 1, TimeSpan.Zero);

        Assert.Equal((RetryVerdict.TooLong, TimeSpan.FromHours(114.3)), (decision.Verdict, decision.Wait));
        Assert.Equal("the service asks to wait until 2026-01-06 06:18:00, longer than the 120 s that are allowed", decision.Reason);
    }

    [Fact]
    public void A_wait_of_exactly_the_longest_is_waited()
    {
        RetryDecision decision = Default.Decide(Error("rate_limit_exceeded", 429, TimeSpan.FromSeconds(120)), 1, TimeSpan.Zero);

        Assert.Equal((RetryVerdict.Retry, TimeSpan.FromSeconds(120)), (decision.Verdict, decision.Wait));
    }

    [Fact]
    public void With_no_retries_allowed_the_first_failure_is_the_last() =>
        Assert.Equal("no retries are allowed", (Default with { MaximumRetryCount = 0 }).Decide(Error("timeout", null), 1, TimeSpan.Zero).Reason);

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10, false)]
    [InlineData(60, false)]
    public void A_wait_leaves_time_for_a_try_or_is_not_begun(double asked, bool begins)
    {
        RetryPolicy policy = new() { MaximumTime = TimeSpan.FromSeconds(30), RetryInterval = TimeSpan.Zero };

        RetryDecision decision = policy.Decide(Error("rate_limit_exceeded", 429, TimeSpan.FromSeconds(asked)), 1, TimeSpan.FromSeconds(20));

        Assert.Equal((begins ? RetryVerdict.Retry : RetryVerdict.OutOfTime, TimeSpan.FromSeconds(asked)), (decision.Verdict, decision.Wait));
    }

    [Property(MaxTest = 2000)]
    public bool Never_sooner_than_told_never_over_the_longest_wait_never_over_the_budget(
        NonNegativeInt retries, NonNegativeInt interval, NonNegativeInt longest, int asked, PositiveInt attempts, int seed, bool far)
    {
        RetryPolicy policy = new()
        {
            MaximumRetryCount = retries.Get,
            RetryInterval = TimeSpan.FromMilliseconds(interval.Get * 100L),
            MaximumWait = TimeSpan.FromSeconds(longest.Get),
            Jitter = new Jitter(seed),
        };
        TimeSpan? told = asked < 0 ? null : far ? RetryDuration.Maximum : TimeSpan.FromSeconds(asked);
        int made = far ? attempts.Get * 1000 : attempts.Get;

        RetryDecision decision = policy.Decide(Error("rate_limit_exceeded", 429, told), made, TimeSpan.Zero);

        return decision.Verdict switch
        {
            RetryVerdict.Retry => decision.Wait >= (told ?? TimeSpan.Zero) && decision.Wait <= policy.MaximumWait && made <= policy.MaximumRetryCount,
            RetryVerdict.TooLong => told > policy.MaximumWait && decision.Wait == told,
            RetryVerdict.BudgetSpent => made > policy.MaximumRetryCount,
            _ => false,
        };
    }

    private static ApiException Error(string code, int? status, TimeSpan? retryAfter = null) =>
        ApiExceptionFactory.Create(new ApiFailure { Code = code, Status = status, Message = "m", RetryAfter = retryAfter });
}
