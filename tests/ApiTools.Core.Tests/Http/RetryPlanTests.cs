using ApiTools.Errors;
using ApiTools.Http;
using FsCheck;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Http;

/// <summary>Whole calls by chance, on a clock that is a number: what a plan promises whatever a service answers.</summary>
public sealed class RetryPlanTests
{
    private static readonly (string Code, int? Status)[] Failures =
    [
        ("rate_limit_exceeded", 429), ("concurrent_limit_exceeded", 429), ("service_unavailable", 503), ("internal_error", 500), ("timeout", null),
        ("invalid_value", 400), ("insufficient_quota", 429), ("connection_failed", null),
    ];

    [Property(MaxTest = 3000)]
    public void Never_sooner_than_told_never_past_the_deadline_never_over_the_budget_and_no_model_twice(
        byte retries, byte models, byte interval, PositiveInt longest, bool hasDeadline, PositiveInt deadline, int seed)
    {
        Random random = new(seed);
        RetryPolicy policy = new()
        {
            MaximumRetryCount = retries % 12,
            RetryInterval = TimeSpan.FromSeconds(interval / 50d),
            MaximumWait = TimeSpan.FromSeconds(longest.Get),
            MaximumTime = hasDeadline ? TimeSpan.FromSeconds(deadline.Get * 2) : null,
            Jitter = new Jitter(seed),
        };
        string[] names = [.. Enumerable.Range(0, 1 + (models % 5)).Select(number => $"m{number}")];
        RetryPlan plan = new(policy, names);
        TimeSpan now = TimeSpan.Zero;
        List<string?> asked = [];
        while (true)
        {
            Assert.True(policy.HasTimeFor(TimeSpan.Zero, now), "a try past the deadline");
            string? model = plan.Model;
            asked.Add(model);
            now += TimeSpan.FromSeconds(random.NextDouble() * 3);
            ApiException error = Fail(random);
            RetryDecision decision = plan.After(error, sent: true, now);
            if (!decision.IsRetry)
            {
                AssertEnd(decision, error, policy, asked.Count, now);
                break;
            }
            Assert.NotEqual(RetryAdvice.Never, error.Retry);
            Assert.True(decision.Wait <= policy.MaximumWait, "a wait longer than allowed");
            Assert.Equal(decision.Verdict == RetryVerdict.Fallback, model != plan.Model);
            if (decision.Verdict == RetryVerdict.Retry)
            {
                AssertWait(decision, error, policy, asked.Count);
            }
            now += decision.Wait;
        }
        Assert.True(asked.Count <= policy.MaximumRetryCount + 1, "over the budget");
        // In their order, and none again once it was left.
        string?[] changes = [.. asked.Where((name, index) => index == 0 || name != asked[index - 1])];
        Assert.Equal(names.Take(changes.Length), changes);
    }

    [Theory]
    [InlineData(2, 2, "aab")]
    [InlineData(2, 3, "abc")]
    [InlineData(5, 2, "aaabbb")]
    [InlineData(4, 3, "aabbc")]
    [InlineData(1, 4, "ab")]
    [InlineData(0, 2, "a")]
    [InlineData(3, 1, "aaaa")]
    public void A_models_share_is_what_is_left_over_the_models_left_rounded_up(int retries, int models, string expected)
    {
        RetryPlan plan = new(new RetryPolicy { MaximumRetryCount = retries }, [.. "abcdef".Take(models).Select(name => name.ToString())]);
        string asked = string.Empty;
        do
        {
            asked += plan.Model;
        }
        while (plan.After(Error("internal_error", 500, null), sent: true, TimeSpan.Zero).IsRetry);
        Assert.Equal(expected, asked);
    }

    [Fact]
    public void What_was_held_back_and_never_sent_costs_nothing_of_the_budget()
    {
        RetryPlan plan = new(new RetryPolicy { MaximumRetryCount = 1 }, ["a", "b"]);
        ApiException held = ApiErrors.HeldBack(Error("rate_limit_exceeded", 429, 3600), TimeSpan.FromHours(1), default);
        Assert.Equal(RetryVerdict.Fallback, plan.After(held, sent: false, TimeSpan.Zero).Verdict);
        Assert.Equal(("b", 2), (plan.Model, plan.TriesLeft));
    }

    // From 0.75 to 1.25 of the doubled interval, or no sooner than asked and a quarter of the first interval later at most.
    private static void AssertWait(RetryDecision decision, ApiException error, RetryPolicy policy, int tries)
    {
        TimeSpan told = error.RetryAfter ?? TimeSpan.Zero;
        Assert.True(decision.Wait >= told, "sooner than told");
        double own = policy.RetryInterval.TotalSeconds * Math.Pow(2, tries - 1);
        double most = Math.Max(own * 1.25, told.TotalSeconds + (policy.RetryInterval.TotalSeconds / 4));
        double least = Math.Min(Math.Max(own * 0.75, told.TotalSeconds), policy.MaximumWait.TotalSeconds);
        Assert.InRange(decision.Wait.TotalSeconds, least - 0.001, most + 0.001);
    }

    private static void AssertEnd(RetryDecision decision, ApiException error, RetryPolicy policy, int tries, TimeSpan now)
    {
        bool right = decision.Verdict switch
        {
            RetryVerdict.OfNoUse => error.Retry == RetryAdvice.Never,
            RetryVerdict.TooLong => error.RetryAfter > policy.MaximumWait,
            RetryVerdict.BudgetSpent => tries == policy.MaximumRetryCount + 1,
            RetryVerdict.OutOfTime => !policy.HasTimeFor(decision.Wait, now),
            _ => false,
        };
        Assert.True(right, $"{decision} after {tries} tries");
    }

    private static ApiException Fail(Random random)
    {
        // Mostly what can be retried: a call that ends at once shows little.
        (string code, int? status) = Failures[random.Next(random.Next(10) == 0 ? Failures.Length : 5)];
        return Error(code, status, status >= 429 && random.Next(2) == 0 ? random.NextDouble() * 60 : null);
    }

    private static ApiException Error(string code, int? status, double? retryAfter) =>
        ApiExceptionFactory.Create(new ApiFailure
        {
            Code = code,
            Status = status,
            Message = code,
            RetryAfter = retryAfter is double seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
}
