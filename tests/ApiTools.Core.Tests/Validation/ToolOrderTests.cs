namespace ApiTools.Core.Tests.Validation;

public sealed class ToolOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Answers_may_come_in_any_order(int calls) => Assert.Empty(Check.Run(Conversation(calls, Enumerable.Range(0, calls).Reverse())).Findings);

    [Fact]
    public void Calls_without_an_answer_are_named_and_counted()
    {
        Finding finding = Check.Only(Conversation(20, Enumerable.Range(0, 15)));
        Assert.Equal("messages[0].tool_calls", finding.Param);
        Assert.Equal(
            "messages[0].tool_calls is not answered: a message of role tool has to follow for each call, before any other message. Missing: \"c15\", \"c16\", \"c17\" and 2 more.",
            finding.Message);
        Assert.Null(finding.Fix);
    }

    [Fact]
    public void An_answer_to_no_call_is_meant_for_the_one_that_has_none()
    {
        Finding[] findings = Check.Run(Conversation(2, [0, 7])).Findings;
        Assert.Equal(["messages[0].tool_calls", "messages[2].tool_call_id"], findings.Select(finding => finding.Param));
        Assert.Equal(("""[{"op":"replace","path":"/messages/2/tool_call_id","value":"c1"}]""", false), (findings[1].Fix, findings[1].IsFixSafe));
    }

    [Fact]
    public void An_answer_with_a_mistyped_role_is_still_one() =>
        Assert.Equal("messages[1].role", Check.Only(Conversation(1, [0]).Replace("\"tool\"", "\"tol\"", StringComparison.Ordinal)).Param);

    [Fact]
    public void Twice_as_many_calls_take_about_twice_as_long()
    {
        Growth.AssertLinear(
            count => Conversation(count, Enumerable.Range(0, count).Reverse()),
            conversation => Assert.Empty(Check.Run(conversation).Findings),
            1500);
    }

    private static string Conversation(int calls, IEnumerable<int> answers)
    {
        string called = string.Join(',', Enumerable.Range(0, calls).Select(i => $$$"""{"id":"c{{{i}}}","type":"function","function":{"name":"f","arguments":"{}"}}"""));
        string answered = string.Concat(answers.Select(i => $$""",{"role":"tool","tool_call_id":"c{{i}}","content":"x"}"""));
        return $$"""{"model":"gpt-4.1","messages":[{"role":"assistant","tool_calls":[{{called}}]}{{answered}}]}""";
    }
}
