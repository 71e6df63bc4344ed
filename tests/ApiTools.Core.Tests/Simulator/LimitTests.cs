using System.Net;
using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>The limits that a simulator can be given, and what its answers say of them.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task More_chats_under_way_than_may_be_are_429_and_a_chat_that_ends_makes_room()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            ConcurrencyLimit = 2,
            Faults = [new SimulatorFault { Kind = SimulatorFaultKind.Stall, Prompt = "stay", Times = -1 }],
        });
        using RawClient first = await StayAsync(simulator, 1);
        using (RawClient second = await StayAsync(simulator, 2))
        {
            using HttpResponseMessage refused = await simulator.AskAsync("Hello");
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(
                """{"error":{"message":"2 requests are under way, which is the limit. Send fewer at once.","type":"rate_limit_error","code":"concurrent_limit_exceeded","param":null}}""",
                await refused.Content.ReadAsStringAsync());
            // What is refused for something else takes no place, and what is no chat has no limit.
            using HttpResponseMessage models = await simulator.Client.GetAsync("v1/models");
            Assert.Equal(HttpStatusCode.OK, models.StatusCode);
        }
        // The client is gone; that the server has seen it is a matter of moments.
        HttpStatusCode last;
        do
        {
            using HttpResponseMessage answer = await simulator.AskAsync("Hello");
            last = answer.StatusCode;
        }
        while (last != HttpStatusCode.OK && simulator.Requests.Count < 5000);
        Assert.Equal(HttpStatusCode.OK, last);
    }

    [Fact]
    public async Task Whoever_has_read_an_answer_finds_its_place_free_by_whichever_connection_it_comes()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { ConcurrencyLimit = 1 });
        RawClient[] clients = [await simulator.ConnectAsync(), await simulator.ConnectAsync()];
        string wire = SimulatorFixture.Wire(SimulatorFixture.Body("Hello"));
        for (int i = 0; i < 2000; i++)
        {
            await clients[i % 2].SendAsync(wire);
            Assert.StartsWith("HTTP/1.1 200 OK", await clients[i % 2].ReceiveUntilAsync("}}}"), StringComparison.Ordinal);
        }
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task A_chat_that_was_answered_leaves_its_place_whatever_the_answer_was()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            ConcurrencyLimit = 1,
            Faults = [new SimulatorFault { Code = "internal_error" }, new SimulatorFault { Kind = SimulatorFaultKind.NoDone }, new SimulatorFault { Kind = SimulatorFaultKind.Html }],
        });
        foreach (string more in new[] { "", ",\"stream\":true", "", ",\"temperature\":3", ",\"stream\":true", "" })
        {
            using HttpResponseMessage answer = await simulator.AskAsync("Hello", more);
            await answer.Content.ReadAsStringAsync();
        }
        Assert.DoesNotContain(simulator.Requests, request => request.Code == "concurrent_limit_exceeded");
    }

    [Fact]
    public async Task Requests_over_the_limit_are_429_until_the_window_is_over_and_every_answer_says_what_is_left()
    {
        FakeTimeProvider time = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Time = time, RequestLimit = 2 });
        using (HttpResponseMessage models = await simulator.Client.GetAsync("v1/models"))
        {
            Assert.Equal(("2", "2", "0s"), Limit(models, "requests"));
        }
        using (HttpResponseMessage first = await simulator.AskAsync("Hello"))
        {
            Assert.Equal(("2", "1", "1m0s"), Limit(first, "requests"));
            Assert.False(first.Headers.Contains("x-ratelimit-limit-tokens"));
            Assert.False(first.Headers.Contains("Retry-After"));
        }
        time.Advance(TimeSpan.FromSeconds(18.8));
        using (HttpResponseMessage second = await simulator.AskAsync("Hello"))
        {
            Assert.Equal(("2", "0", "41.2s"), Limit(second, "requests"));
        }
        time.Advance(TimeSpan.FromSeconds(0.5));
        using (HttpResponseMessage refused = await simulator.AskAsync("Hello"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(("2", "0", "40.7s"), Limit(refused, "requests"));
            Assert.Equal(("41", "40700"), (Header(refused, "Retry-After"), Header(refused, "retry-after-ms")));
            Assert.Equal(
                """{"error":{"message":"Rate limit reached for gpt-4o on requests per min (RPM): Limit 2, Used 2, Requested 1. Please try again in 40.7s.","type":"rate_limit_error","code":"rate_limit_exceeded","param":null}}""",
                await refused.Content.ReadAsStringAsync());
        }
        time.Advance(TimeSpan.FromSeconds(40.7));
        using HttpResponseMessage again = await simulator.AskAsync("Hello");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(("2", "1", "1m0s"), Limit(again, "requests"));
    }

    [Fact]
    public async Task Tokens_of_chats_and_their_answers_count_and_a_chat_that_does_not_fit_counts_for_nothing()
    {
        FakeTimeProvider time = new();
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { Time = time, TokenLimit = 30, LimitWindow = TimeSpan.FromSeconds(0.25) });
        const string Ten = ",\"max_tokens\":10";
        using (HttpResponseMessage first = await simulator.AskAsync(new string('a', 40), Ten))
        {
            Assert.Equal(("30", "10", "250ms"), Limit(first, "tokens"));
            // The requests' own limit is as large as ever.
            Assert.Equal(("10000", "9999", "6ms"), Limit(first, "requests"));
        }
        using (HttpResponseMessage refused = await simulator.AskAsync(new string('a', 40), Ten))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(("30", "10", "250ms"), Limit(refused, "tokens"));
            Assert.Equal(("1", "250"), (Header(refused, "Retry-After"), Header(refused, "retry-after-ms")));
            Assert.Contains("on tokens per 250ms: Limit 30, Used 20, Requested 20. Please try again in 250ms.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using (HttpResponseMessage wrong = await simulator.AskAsync("Hello", ",\"temperature\":3"))
        {
            Assert.Equal(("30", "10", "250ms"), Limit(wrong, "tokens"));
        }
        using HttpResponseMessage small = await simulator.AskAsync(string.Empty.PadLeft(20, 'a'), ",\"max_tokens\":5");
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(("30", "0", "250ms"), Limit(small, "tokens"));
    }

    [Fact]
    public async Task A_chat_larger_than_the_limit_itself_is_told_that_waiting_is_of_no_use()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { TokenLimit = 30 });
        using HttpResponseMessage refused = await simulator.AskAsync(new string('a', 400), ",\"max_tokens\":10");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Retry-After"));
        using JsonDocument body = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        string message = body.RootElement.GetProperty("error").GetProperty("message").GetString()!;
        Assert.StartsWith("Request too large for gpt-4o on tokens per min (TPM): Limit 30, Requested 110.", message, StringComparison.Ordinal);
        Assert.True(LimitSentences.Read(message)!.IsLargerThanLimit);
    }

    [Fact]
    public async Task A_rate_limit_by_a_rule_reads_as_one_that_is_spent_for_as_long_as_the_rule_says()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Code = "rate_limit_exceeded", RetryAfter = 90 });
        using HttpResponseMessage refused = await simulator.AskAsync("Hello");
        Assert.Equal(("10000", "0", "1m30s"), Limit(refused, "requests"));
        using HttpResponseMessage next = await simulator.AskAsync("Hello");
        Assert.Equal(("10000", "9999", "6ms"), Limit(next, "requests"));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.0001, "1ms")]
    [InlineData(0.006, "6ms")]
    [InlineData(1.2, "1.2s")]
    [InlineData(59.9999, "1m0s")]
    [InlineData(179.56, "2m59.56s")]
    [InlineData(360, "6m0s")]
    [InlineData(3600, "1h0m0s")]
    [InlineData(86_400, "24h0m0s")]
    public void A_length_of_time_is_written_as_Go_writes_it_and_read_by_the_client(double seconds, string written)
    {
        Assert.Equal(written, LimitHeaders.Duration(Durations.OfSeconds(seconds)));
        TimeSpan read = RetryDuration.Read(written, wholeText: true)!.Value;
        Assert.InRange(read.TotalSeconds, seconds, seconds + 0.001);
    }

    private static async Task<RawClient> StayAsync(SimulatorFixture simulator, int count)
    {
        RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(SimulatorFixture.Wire(SimulatorFixture.Body("stay")));
        // Recorded once it has its place; there is nothing else to wait for.
        while (simulator.Requests.Count < count)
        {
            await Task.Yield();
        }
        return client;
    }

    private static (string? Limit, string? Remaining, string? Reset) Limit(HttpResponseMessage answer, string unit) =>
        (Header(answer, "x-ratelimit-limit-" + unit), Header(answer, "x-ratelimit-remaining-" + unit), Header(answer, "x-ratelimit-reset-" + unit));

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
}
