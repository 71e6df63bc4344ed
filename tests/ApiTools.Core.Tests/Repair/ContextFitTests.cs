using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ApiTools.Repair;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Repair;

public sealed class ContextFitTests
{
    private const string System = """{"role":"system","content":"Be brief."}""";

    [Fact]
    public void The_oldest_turns_go_until_it_fits_and_no_more()
    {
        string text = Request(100, System, User("a", 30), Assistant("b", 30), User("c", 30), Assistant("d", 30), User("e", 30));
        ContextFitResult fit = Fit(text, 195);
        Assert.Equal(ContextFitOutcome.Fitted, fit.Outcome);
        Assert.Equal(Request(100, System, User("c", 30), Assistant("d", 30), User("e", 30)), Text(fit));
        Assert.Equal("The oldest turn is left out, 2 messages of about 60 tokens, to fit the 195 of the context window.", fit.Message);
        ChangeDraft change = Assert.Single(fit.Changes);
        Assert.Equal(("context_length_exceeded", "messages", "messages[1] to messages[2]", null), (change.Code, change.Param, change.Before, change.After));
    }

    [Theory]
    [InlineData(252, 0)]
    [InlineData(251, 1)]
    [InlineData(192, 1)]
    [InlineData(191, 2)]
    [InlineData(132, 2)]
    public void It_fits_up_to_the_last_token(int window, int turns)
    {
        ContextFitResult fit = Fit(Request(100, System, User("a", 30), Assistant("b", 30), User("c", 30), Assistant("d", 30), User("e", 30)), window);
        Assert.Equal(turns == 0 ? ContextFitOutcome.FitsAlready : ContextFitOutcome.Fitted, fit.Outcome);
        Assert.Equal(6 - (turns * 2), Messages(fit).Count);
    }

    [Fact]
    public void What_cannot_be_made_to_fit_keeps_its_bytes_and_says_why()
    {
        byte[] request = Encoding.UTF8.GetBytes(Request(100, System, User("a", 30), Assistant("b", 30), User("e", 30)));
        ContextFitResult fit = ContextFit.Fit(request, ContextFitMode.DropOldest, Window(131), null, CancellationToken.None);
        Assert.Equal(ContextFitOutcome.TooLong, fit.Outcome);
        Assert.Same(request, fit.Request);
        Assert.Equal(
            "Even with the last turn and the system messages alone, the messages are about 32 tokens and max_tokens is 100, together 132: 1 more than the 131 of the context window.",
            fit.Message);
    }

    [Theory]
    [InlineData(100, 1, 3)]
    [InlineData(100, 2, 0)]
    [InlineData(140, 2, 3)]
    public void As_many_of_the_last_turns_stay_as_are_asked_for(int window, int kept, int left)
    {
        byte[] request = Encoding.UTF8.GetBytes(Request(0, System, User("a", 60), Assistant("b", 5), User("c", 60), Assistant("d", 30), User("e", 30)));
        ContextFitResult fit = ContextFit.Fit(request, ContextFitMode.DropOldest, Window(window), null, kept, CancellationToken.None);
        if (left == 0)
        {
            Assert.Equal(ContextFitOutcome.TooLong, fit.Outcome);
            Assert.StartsWith("Even with the last 2 turns and the system messages alone, the messages are about 1", fit.Message, StringComparison.Ordinal);
            return;
        }
        string[] expected = kept == 1 ? [System, User("e", 30)] : [System, User("c", 60), Assistant("d", 30), User("e", 30)];
        Assert.Equal(Request(0, expected), Text(fit));
    }

    [Fact]
    public void What_is_in_no_count_is_told()
    {
        const string Image = """{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}""";
        const string Pdf = """{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}""";
        byte[] request = Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{"role":"user","content":[{{Image}},{{Pdf}}]},{"role":"user","content":[{{Image}}]}]}""");
        ContextFitResult fit = ContextFit.Fit(request, ContextFitMode.DropOldest, Window(1000), null, CancellationToken.None);
        Assert.Equal(
            [
                "The size of an image that is given by its address is not known without fetching it: its tokens are not in the sum. Give it as a data: URI.",
                "How many tokens content of the type file takes is not documented: it is not in the sum.",
            ],
            fit.Gaps);
    }

    [Fact]
    public void System_and_developer_messages_stay_where_they_stand()
    {
        const string Developer = """{"role":"developer","content":"Now in French."}""";
        ContextFitResult fit = Fit(Request(0, User("a", 30), System, Assistant("b", 30), Developer, User("c", 30), Assistant("d", 30), User("e", 30)), 40);
        Assert.Equal(Request(0, System, Developer, User("e", 30)), Text(fit));
        Assert.Equal(["messages[0]", "messages[2]", "messages[4] to messages[5]"], fit.Changes.Select(change => change.Before));
    }

    [Fact]
    public void A_tool_exchange_goes_whole_or_stays_whole()
    {
        string[] exchange = [User("a", 10), Calls("1", "2"), Answer("1"), Answer("2"), Assistant("b", 10)];
        string[] late = [User("c", 10), Calls("3"), User("d", 10), Answer("3")];
        // The answer to 3 comes after a user has spoken again: both turns are one.
        ContextFitResult one = Fit(Request(0, [.. exchange, .. late, User("e", 10)]), 45);
        Assert.Equal(Request(0, [.. late, User("e", 10)]), Text(one));
        ContextFitResult both = Fit(Request(0, [.. exchange, .. late, User("e", 10)]), 22);
        Assert.Equal(Request(0, User("e", 10)), Text(both));
        ContextFitResult none = Fit(Request(0, [.. exchange, .. late]), 20);
        Assert.Equal(ContextFitOutcome.TooLong, none.Outcome);
    }

    [Fact]
    public void A_call_id_that_is_used_again_means_the_call_before_it()
    {
        string[] first = [User("a", 10), Calls("1"), Answer("1")];
        string[] second = [User("b", 10), Calls("1"), Answer("1")];
        Assert.Equal(Request(0, second), Text(Fit(Request(0, [.. first, .. second]), 20)));
    }

    [Fact]
    public void A_shorter_answer_is_asked_for_where_that_is_wanted()
    {
        ContextFitResult fit = Fit(Request(100, System, User("a", 30)), 50, ContextFitMode.LowerMaxTokens);
        Assert.Equal(Request(18, System, User("a", 30)), Text(fit));
        Assert.Equal("max_tokens is lowered from 100 to 18, to fit the 50 of the context window.", fit.Message);
        Assert.Equal(("100", "18"), (fit.Changes.Single().Before, fit.Changes.Single().After));
        ContextFitResult newer = Fit(Request(5, User("a", 30)).Replace(":5}", ":5,\"max_completion_tokens\":90}", StringComparison.Ordinal), 50, ContextFitMode.LowerMaxTokens);
        Assert.EndsWith("\"max_completion_tokens\":20}", Text(newer), StringComparison.Ordinal);
        Assert.Equal(ContextFitOutcome.TooLong, Fit(Request(100, User("a", 50)), 50, ContextFitMode.LowerMaxTokens).Outcome);
        Assert.Equal(ContextFitOutcome.TooLong, Fit(Request(0, User("a", 51)), 50, ContextFitMode.LowerMaxTokens).Outcome);
    }

    [Fact]
    public void What_the_service_said_counts_more_than_the_estimate()
    {
        // The estimate is 120 and would fit 130; the service counted 240, so that each turn is twice as long.
        string text = Request(0, User("a", 30), Assistant("b", 30), User("c", 30), Assistant("d", 30));
        ContextFitResult fit = ContextFit.Fit(Encoding.UTF8.GetBytes(text), ContextFitMode.DropOldest, Window(1000), new ContextLength(130, 240, null, null), CancellationToken.None);
        Assert.Equal(ContextFitOutcome.FitsAlready, ContextFit.Fit(fit.Request, ContextFitMode.DropOldest, Window(130), null, CancellationToken.None).Outcome);
        Assert.Equal(ContextFitOutcome.Fitted, ContextFit.Fit(Encoding.UTF8.GetBytes(text), ContextFitMode.DropOldest, Window(1000), new ContextLength(130, 250, 240, null), CancellationToken.None).Outcome);
    }

    [Fact]
    public void The_tools_count_too_and_stay()
    {
        string text = Request(0, User("a", 30), Assistant("b", 30), User("c", 30)).Replace("]}", "],\"tools\":[{\"type\":\"" + new string('t', 80) + "\"}]}", StringComparison.Ordinal);
        Assert.Equal(ContextFitOutcome.FitsAlready, Fit(text, 111).Outcome);
        ContextFitResult fit = Fit(text, 110);
        Assert.Equal(text.Replace(User("a", 30) + ", " + Assistant("b", 30) + ", ", string.Empty, StringComparison.Ordinal), Text(fit));
        Assert.Equal("Even with the last turn and the system messages alone, the messages are about 30 tokens and the tools about 21, together 51: 1 more than the 50 of the context window.", Fit(text, 50).Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"model":"nobody-knows","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"gpt-4","messages":[{"role":"user","content":"x"}],"messages":1}""")]
    public void Without_messages_or_a_window_nothing_is_done(string text)
    {
        byte[] request = Encoding.UTF8.GetBytes(text);
        ContextFitResult fit = ContextFit.Fit(request, ContextFitMode.DropOldest, RequestCheckOptions.Default, null, CancellationToken.None);
        Assert.Equal(ContextFitOutcome.Unknown, fit.Outcome);
        Assert.Same(request, fit.Request);
    }

    [Fact]
    public void A_repair_makes_it_fit_after_the_fixes_and_tells_the_places_of_before()
    {
        RepairedRequest repaired = Repaired.Run(
            Request(0, User("a", 30), Assistant("b", 30).Replace("assistant", "assitant", StringComparison.Ordinal), User("c", 30).Replace("user", "usr", StringComparison.Ordinal)),
            new RepairOptions { Check = Window(40), FitContext = ContextFitMode.DropOldest });
        Assert.Equal(Request(0, User("c", 30)), repaired.Request);
        Assert.Equal("(1,30): messages: messages[0] to messages[1] is left out", repaired.Changes[0].ToString());
        Assert.Equal(3, repaired.Changes.Length);
        Assert.True(repaired.IsValid);
    }

    [Fact]
    public void A_repair_that_cannot_make_it_fit_is_not_valid()
    {
        RepairedRequest repaired = Repaired.Run(Request(0, User("a", 30)), new RepairOptions { Check = Window(20), FitContext = ContextFitMode.DropOldest });
        Assert.False(repaired.IsValid);
        Assert.Empty(repaired.Changes);
    }

    [Theory]
    [InlineData("gpt-4o", "", 3)]
    [InlineData("gpt-5", "about ", 3)]
    public void Where_the_encoding_is_known_exact_tokens_say_what_has_to_go(string model, string about, int reply)
    {
        // " a" is a token, "user" and "assistant" are one each, and each message has three more.
        string text = Request(0, Words("user", 30), Words("assistant", 30), Words("user", 30), Words("assistant", 30)).Replace("qwen3", model, StringComparison.Ordinal);
        Assert.Equal(ContextFitOutcome.FitsAlready, Fit(text, (4 * 34) + reply).Outcome);
        ContextFitResult fit = Fit(text, (4 * 34) + reply - 1);
        Assert.Equal(2, Messages(fit).Count);
        Assert.Equal($"The oldest turn is left out, 2 messages of {about}68 tokens, to fit the {(4 * 34) + reply - 1} of the context window.", fit.Message);

        static string Words(string role, int count) => $$"""{"role":"{{role}}","content":"{{string.Concat(Enumerable.Repeat(" a", count))}}"}""";
    }

    [Fact]
    public void Whatever_is_left_out_the_conversation_holds_together()
    {
        int fitted = 0;
        for (int seed = 0; seed < 3_000; seed++)
        {
            (string text, int window) = Conversation(seed);
            ContextFitResult fit = Fit(text, window);
            JsonArray before = JsonNode.Parse(text)!["messages"]!.AsArray();
            JsonArray after = Messages(fit);
            string[] kept = [.. after.Select(message => message!.ToJsonString())];
            Assert.True(Role(before, "system").All(kept.Contains) && Role(before, "developer").All(kept.Contains), $"seed {seed}: a system message went");
            Assert.True(Role(before, "user").Length == 0 || kept.Contains(Role(before, "user")[^1]), $"seed {seed}: the last question went");
            Assert.True(Ids(after, "tool_call_id").ToHashSet().SetEquals(Ids(before, "tool_call_id").Intersect(CallIds(after))), $"seed {seed}: half a tool exchange is left");
            Assert.True(Ids(after, "tool_call_id").All(CallIds(after).Contains), $"seed {seed}: an answer without its call");
            if (fit.Outcome == ContextFitOutcome.Fitted)
            {
                Assert.Equal(ContextFitOutcome.FitsAlready, Fit(Text(fit), window).Outcome);
                fitted++;
            }
        }
        Assert.InRange(fitted, 500, 2_500);
    }

#pragma warning disable CA5394 // A seed, no secret.
    private static (string Text, int Window) Conversation(int seed)
    {
        Random random = new(seed);
        List<string> messages = [];
        List<string> open = [];
        for (int i = random.Next(1, 14); i > 0; i--)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            switch (random.Next(8))
            {
                case 0:
                    messages.Add(System);
                    break;
                case 1:
                    messages.Add($$"""{"role":"developer","content":"{{id}}"}""");
                    break;
                case 2:
                    messages.Add(Calls(id));
                    open.Add(id);
                    break;
                case 3 or 4 when open.Count > 0:
                    messages.Add(Answer(open[random.Next(open.Count)]));
                    break;
                case 5:
                    messages.Add(Assistant(id, random.Next(1, 20)));
                    break;
                default:
                    messages.Add(User(id, random.Next(1, 20)));
                    break;
            }
        }
        return (Request(random.Next(2) * 10, [.. messages]), random.Next(5, 80));
    }
#pragma warning restore CA5394

    private static string[] Role(JsonArray messages, string role) => [.. messages.Where(message => message!["role"]!.GetValue<string>() == role).Select(message => message!.ToJsonString())];

    private static List<string> Ids(JsonArray messages, string name) => [.. messages.Select(message => message![name]?.GetValue<string>()).OfType<string>()];

    private static List<string> CallIds(JsonArray messages) =>
        [.. messages.SelectMany(message => message!["tool_calls"]?.AsArray().Select(call => call!["id"]!.GetValue<string>()) ?? [])];

    private static RequestCheckOptions Window(int window) => new() { ContextWindow = _ => window };

    private static ContextFitResult Fit(string text, int window, ContextFitMode mode = ContextFitMode.DropOldest) =>
        ContextFit.Fit(Encoding.UTF8.GetBytes(text), mode, Window(window), null, CancellationToken.None);

    private static string Text(ContextFitResult fit) => Encoding.UTF8.GetString(fit.Request);

    private static JsonArray Messages(ContextFitResult fit) => JsonNode.Parse(fit.Request)!["messages"]!.AsArray();

    // Of a model whose encoding nobody knows, so that the page's estimate counts.
    private static string Request(int maxTokens, params string[] messages) =>
        $$"""{"model":"qwen3","messages":[{{string.Join(", ", messages)}}]{{(maxTokens > 0 ? $",\"max_tokens\":{maxTokens}" : string.Empty)}}}""";

    private static string User(string name, int tokens) => Message("user", name, tokens);

    private static string Assistant(string name, int tokens) => Message("assistant", name, tokens);

    private static string Message(string role, string name, int tokens) => $$"""{"role":"{{role}}","content":"{{name.PadRight(tokens * 4, '.')}}"}""";

    private static string Calls(params string[] ids) =>
        $$"""{"role":"assistant","tool_calls":[{{string.Join(",", ids.Select(Call))}}]}""";

    private static string Call(string id) => $$"""{"id":"{{id}}","type":"function","function":{"name":"f","arguments":"{}" } }""";

    private static string Answer(string id) => $$"""{"role":"tool","tool_call_id":"{{id}}","content":"ok"}""";
}
