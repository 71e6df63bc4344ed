using System.Net;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>What a simulator can say of everything that it has answered.</summary>
public sealed class TallyTests
{
    [Fact]
    public async Task It_counts_how_many_prompts_were_answered_and_how_many_more_than_once()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            CountPrompts = true,
            Faults = [new SimulatorFault { Code = "internal_error", Prompt = "fails first" }, new SimulatorFault { Kind = SimulatorFaultKind.Close, Prompt = "never arrives" }],
        });
        foreach (string prompt in new[] { "once", "twice", "three times", "three times", "twice", "three times", "fails first", "fails first" })
        {
            using HttpResponseMessage answer = await simulator.AskAsync(prompt);
        }
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.AskAsync("never arrives"));
        using (HttpResponseMessage wrong = await simulator.AskAsync("refused", ",\"temperature\":3"))
        using (HttpResponseMessage models = await simulator.Client.GetAsync("v1/models"))
        {
            Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (wrong.StatusCode, models.StatusCode));
        }
        SimulatorSummary summary = simulator.Server.Tally.Summary;
        Assert.Equal((11, 8, 5, 2, 3), (summary.Requests, summary.Answered, summary.Prompts, summary.RepeatedPrompts, summary.RepeatedAnswers));
        Assert.Equal("11 requests, 8 answered, 5 prompts, 2 more than once", summary.ToString());
    }

    [Fact]
    public async Task Another_process_asks_over_HTTP_without_a_key_and_changes_nothing_by_it()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            CountPrompts = true,
            Faults = [new SimulatorFault { Code = "internal_error", Path = "*", Times = -1, After = 1 }],
        });
        using HttpResponseMessage chat = await simulator.AskAsync("Hello");
        using HttpClient other = simulator.NewClient(null);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(
                """{"requests":1,"answered":1,"prompts":1,"repeatedPrompts":0,"repeatedAnswers":0}""",
                await other.GetStringAsync("simulator/summary"));
        }
        using HttpResponseMessage wrong = await other.PostAsync("simulator/summary", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Single(simulator.Requests);
    }

    [Fact]
    public async Task Prompts_are_counted_only_where_that_was_asked_for()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage chat = await simulator.AskAsync("Hello");
        Assert.Equal(
            """{"requests":1,"answered":1,"prompts":null,"repeatedPrompts":null,"repeatedAnswers":null}""",
            await simulator.Client.GetStringAsync("simulator/summary"));
        Assert.Equal("1 requests, 1 answered", simulator.Server.Tally.Summary.ToString());
    }

    [Fact]
    public void A_million_prompts_are_told_apart()
    {
        PromptTally tally = new();
        for (int i = 0; i < 1_000_000; i++)
        {
            tally.Add(FormattableString.Invariant($"Summarise the ticket number {i}."));
        }
        tally.Add("Summarise the ticket number 77.");
        Assert.Equal((1_000_000, 1), (tally.Prompts, tally.Repeated));
    }
}
