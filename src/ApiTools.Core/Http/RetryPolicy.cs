using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>
/// When to try again, and after how long: about 2 s and 4 s as in the page's own code ("Use Retry Mechanism"), doubling, with a quarter of jitter,
/// never sooner than the service asks and never after a wait that nobody would sit through. A value: it keeps no state of a call.
/// </summary>
internal sealed record RetryPolicy
{
    /// <summary>How many times a failed request is sent again, whatever it failed with and whichever model it goes to. 0 or more.</summary>
    public int MaximumRetryCount { get; init; } = 2;

    /// <summary>The wait before the first retry; each further one is twice as long. Zero or more.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait before a retry. A service that asks for more fails the call at once.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>One deadline over all tries and waits of a call; null for none. What would pass it is not begun.</summary>
    public TimeSpan? MaximumTime { get; init; }

    /// <summary>True to send again what failed after a part of its answer had come, which is then paid for twice.</summary>
    public bool RestartStream { get; init; }

    /// <summary>Where the jitter comes from: shared by calls side by side, so that they do not come back together.</summary>
    public Jitter Jitter { get; init; } = Jitter.Shared;

    /// <summary>The clock and the time zone in which <see cref="RetryDecision.Reason"/> says when to come back.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What to do after a failure.</summary>
    /// <param name="error">The failure of the last try.</param>
    /// <param name="attemptsMade">How many times the request was sent, the failed one included: 1 or more.</param>
    /// <param name="elapsed">The time since the call began.</param>
    public RetryDecision Decide(ApiException error, int attemptsMade, TimeSpan elapsed)
    {
        if (Advice(error) == RetryAdvice.Never)
        {
            return EndsAllTries(error)
                ? new(RetryVerdict.OutOfTime, TimeSpan.Zero, "the time for all tries together is over")
                : new(RetryVerdict.OfNoUse, TimeSpan.Zero, WhyOfNoUse(error));
        }
        TimeSpan asked = error.RetryAfter ?? TimeSpan.Zero;
        if (asked > MaximumWait)
        {
            return new(RetryVerdict.TooLong, asked, WhyTooLong(asked));
        }
        if (attemptsMade > MaximumRetryCount)
        {
            return new(RetryVerdict.BudgetSpent, TimeSpan.Zero, attemptsMade == 1 ? "no retries are allowed" : $"all {attemptsMade} tries made");
        }
        TimeSpan wait = Wait(asked, attemptsMade);
        string why = error.RetryAfter is null ? string.Empty : ", as the service asks";
        return HasTimeFor(wait, elapsed)
            ? new(RetryVerdict.Retry, wait, $"tried again after {Seconds(wait)} s{why}")
            : new(RetryVerdict.OutOfTime, wait, $"a wait of {Seconds(wait)} s{why}{(why.Length > 0 ? "," : string.Empty)} would pass the {Seconds(MaximumTime!.Value)} s for all tries together");
    }

    /// <summary>True where a wait that begins now leaves time for a try.</summary>
    public bool HasTimeFor(TimeSpan wait, TimeSpan elapsed) => MaximumTime is not TimeSpan all || (elapsed < all && wait < all - elapsed);

    private RetryAdvice Advice(ApiException error) => RestartStream ? error.RetryByKind : error.Retry;

    // The one time-out that no further try mends.
    private static bool EndsAllTries(ApiException error) => error is ApiTimeoutException && error.RetryByKind == RetryAdvice.Never;

    private TimeSpan Wait(TimeSpan asked, int attemptsMade)
    {
        // From 0.75 to 1.25 of a wait of our own; what a service asks for is only ever lengthened, by up to a quarter of the first interval.
        double jitter = Jitter.Next();
        double own = RetryInterval.TotalSeconds * Math.Pow(2, attemptsMade - 1) * (0.75 + (jitter / 2));
        double told = asked > TimeSpan.Zero ? asked.TotalSeconds + (RetryInterval.TotalSeconds * jitter / 4) : 0;
        double seconds = Math.Max(own, told);
        // Compared as numbers: a doubling goes beyond what a TimeSpan holds.
        TimeSpan wait = seconds >= MaximumWait.TotalSeconds ? MaximumWait : TimeSpan.FromSeconds(seconds);
        return wait < asked ? asked : wait;
    }

    private static string WhyOfNoUse(ApiException error) => error switch
    {
        { WouldPayTwice: true, RetryByKind: not RetryAdvice.Never } => "a part of the answer had come, and sending again would pay for it twice",
        ApiLimitException when ApiErrorCatalog.Classify(error.Code, error.Status).Retry != RetryAdvice.Never =>
            "the request is larger than the limit itself: a wait changes nothing",
        _ => "a wait changes nothing",
    };

    private string WhyTooLong(TimeSpan asked)
    {
        DateTimeOffset until = Time.GetLocalNow() + asked;
        return $"the service asks to wait until {until.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}, longer than the "
            + $"{Seconds(MaximumWait)} s that are allowed";
    }

    /// <summary>A length of time as the reasons write it.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
