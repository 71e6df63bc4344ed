using ApiTools.Diagnostics;

namespace ApiTools.Core.Tests.Diagnostics;

public sealed class UsageTests
{
    [Fact]
    public void Calls_are_told_from_tries_and_errors_are_counted_by_code()
    {
        using ApiConnection connection = Records.Connect();
        UsageTable table = new();
        table.Add(UsageEvent.Of(Records.Failed(connection, outcome: ApiRequestOutcome.Retried)));
        table.Add(UsageEvent.Of(Records.Succeeded(connection, attempt: 2, waited: 2)));
        table.Add(UsageEvent.Of(Records.Failed(connection, "invalid_value", null, attempt: 0, outcome: ApiRequestOutcome.Refused)));
        table.Add(UsageEvent.Of(Records.Failed(connection)));
        ApiUsage usage = Assert.Single(table.Read((_, _) => true));
        Assert.Equal(("Default", "gpt-4o", 3L, 3L), (usage.Connection, usage.Model, usage.Calls, usage.Requests));
        Assert.Equal((1L, 1L, 1L, 0L, 1L), (usage.Succeeded, usage.Failed, usage.Refused, usage.Cancelled, usage.Retries));
        Assert.Equal((10L, 5L, 4L, 2L), (usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.ReasoningTokens));
        Assert.Equal([("rate_limit_exceeded", 2L), ("invalid_value", 1L)], usage.Errors.Select(error => (error.Key, error.Value)));
        Assert.Equal(TimeSpan.FromSeconds(2), usage.Waited);
    }

    [Fact]
    public void A_price_counts_cached_tokens_by_their_own()
    {
        using ApiConnection connection = Records.Connect();
        UsageTable table = new();
        table.Add(UsageEvent.Of(Records.Succeeded(connection, answer: new FakeAnswer { InputTokens = 1_000_000, CachedTokens = 400_000, OutputTokens = 100_000 })));
        ApiUsage usage = table.Read((_, _) => true)[0];
        Assert.Equal(3.5m, new ModelPrice(2.5m, 10m, null).Of(usage));
        Assert.Equal((0.6m * 2.5m) + (0.4m * 1.25m) + 1m, new ModelPrice(2.5m, 10m, 1.25m).Of(usage));
        // A service that counts the cache apart from the input: nothing is paid back.
        Assert.Equal(1.25m, new ModelPrice(2.5m, 10m, 1.25m).Of(new ApiUsage { InputTokens = 1_000_000, CachedTokens = 3_000_000 }));
    }

    [Fact]
    public void A_percentile_is_right_to_a_fortieth_and_two_histograms_add_up()
    {
        Random random = new(3);
        double[] seconds = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Exp((random.NextDouble() * 12) - 6))];
        DurationHistogram one = new();
        DurationHistogram two = new();
        for (int i = 0; i < seconds.Length; i++)
        {
            (i % 2 == 0 ? one : two).Add(Durations.OfSeconds(seconds[i]));
        }
        one.Add(two);
        Array.Sort(seconds);
        foreach (double share in new[] { 0.01, 0.5, 0.95, 0.99, 1 })
        {
            double exact = seconds[(int)Math.Ceiling(share * seconds.Length) - 1];
            Assert.InRange(one.Percentile(share)!.Value.TotalSeconds / exact, 0.975, 1.0251);
        }
        Assert.Null(new DurationHistogram().Percentile(0.5));
    }

    [Fact]
    public void The_nearest_rank_of_few_is_the_one_that_so_many_took_at_most()
    {
        DurationHistogram three = new();
        foreach (double seconds in new[] { 1, 10, 100d })
        {
            three.Add(TimeSpan.FromSeconds(seconds));
        }
        Assert.Equal(3, three.Count);
        Assert.InRange(three.Percentile(0.3)!.Value.TotalSeconds, 0.97, 1.03);
        Assert.InRange(three.Percentile(0.5)!.Value.TotalSeconds, 9.7, 10.3);
        Assert.InRange(three.Percentile(0.95)!.Value.TotalSeconds, 97, 103);
    }

    [Fact]
    public void More_codes_than_there_are_codes_are_counted_together()
    {
        using ApiConnection connection = Records.Connect();
        UsageTable table = new();
        for (int i = 0; i < 300; i++)
        {
            table.Add(UsageEvent.Of(Records.Failed(connection, $"code_{i}")));
            table.Add(UsageEvent.Of(Records.Failed(connection, "code_7")));
        }
        ApiUsage usage = Assert.Single(table.Read((_, _) => true));
        Assert.Equal((201, 301L, 100L), (usage.Errors.Count, usage.Errors["code_7"], usage.Errors["(other)"]));
    }

    [Fact]
    public async Task Parallel_requests_are_all_counted_and_the_table_is_bounded()
    {
        using ApiConnection connection = Records.Connect();
        UsageTable table = new();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                table.Add(UsageEvent.Of(Records.Succeeded(connection, $"model-{i}")));
            }
        })));
        IReadOnlyList<ApiUsage> rows = table.Read((_, _) => true);
        Assert.InRange(rows.Count, 1000, 1005);
        Assert.Equal(12_000, rows.Sum(row => row.Calls));
        Assert.Equal(12_000, table.Sum((_, _) => true).Calls);
        Assert.Contains(rows, row => row.Model == UsageCounter.Other);
    }
}
