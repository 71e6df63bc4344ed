using System.Text;
using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Core.Tests.Chat;

public sealed class ToolExchangeTests
{
    private static readonly byte[] Request = Encoding.UTF8.GetBytes("""{"model":"m","temperature":0.50,"tools":[],"tool_choice":"required","messages":[{"role":"user","content":"Hi"}],"x":{"y":1e2}}""");

    [Fact]
    public void A_request_goes_on_with_the_calls_and_their_answers_and_all_else_to_the_letter()
    {
        ToolExchange exchange = new(Completion(new ChatToolCall("1", "a", """{"x":1}""")));
        exchange.Answer(0, "done");

        Assert.Equal(
            """{"model":"m","temperature":0.50,"tools":[],"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"a","arguments":"{\"x\":1}"}}]},{"role":"tool","tool_call_id":"1","content":"done"}],"x":{"y":1e2}}""",
            Encoding.UTF8.GetString(exchange.Continue(Request)));
    }

    [Fact]
    public void A_request_that_is_nested_deeper_than_the_check_takes_goes_on_too()
    {
        string deep = new string('[', 500) + new string(']', 500);
        ToolExchange exchange = new(Completion(new ChatToolCall("1", "a", "{}")));
        exchange.Answer(0, "done");

        Assert.StartsWith($$"""{"x":{{deep}},"messages":[{"role":"assistant",""", Encoding.UTF8.GetString(exchange.Continue(Encoding.UTF8.GetBytes($$"""{"x":{{deep}},"messages":[]}"""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1}""", null)]
    [InlineData("", null)]
    [InlineData("{\"a\":", "{\"a\":")]
    [InlineData("[]", "[]")]
    public void What_the_history_does_not_have_as_the_model_wrote_it_is_known(string arguments, string? unsent) =>
        Assert.Equal(unsent, new ToolExchange(Completion(new ChatToolCall("1", "a", arguments))).Unsent(0));

    [Theory]
    [InlineData("\"auto\"", true)]
    [InlineData("\"none\"", true)]
    [InlineData("\"required\"", false)]
    [InlineData("""{"type":"function","function":{"name":"a"}}""", false)]
    public void A_choice_that_demands_a_call_holds_for_the_first_answer_alone(string choice, bool stays)
    {
        ToolExchange exchange = new(Completion(new ChatToolCall("1", "a", "{}")));
        exchange.Answer(0, "done");
        byte[] next = exchange.Continue(Encoding.UTF8.GetBytes($$"""{"tool_choice":{{choice}},"messages":[]}"""));

        using JsonDocument document = JsonDocument.Parse(next);
        Assert.Equal(stays, document.RootElement.TryGetProperty("tool_choice", out _));
    }

    [Fact]
    public void Each_call_has_an_id_of_its_own()
    {
        ToolExchange exchange = new(Completion(Call("a"), Call(""), Call("a"), Call(""), Call("a_1"), Call("call_1")));

        Assert.Equal(["a", "call_1", "a_1", "call_2", "a_1_1", "call_1_1"], exchange.Calls.Select(call => call.Id));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("", "{}")]
    [InlineData("  ", "{}")]
    [InlineData("{\"a\":", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("null", "{}")]
    [InlineData("""{"a":1,"A":2}""", "{}")]
    public void Arguments_that_are_no_object_are_sent_again_as_an_empty_one(string arguments, string sent) =>
        Assert.Equal(sent, ToolArguments.Sendable(arguments));

    [Fact]
    public void Arguments_that_are_too_long_are_sent_again_as_an_empty_object()
    {
        string most = $$"""{"a":"{{new string('x', ToolArguments.MaximumLength - 8)}}"}""";

        Assert.Equal(most, ToolArguments.Sendable(most));
        Assert.Equal("{}", ToolArguments.Sendable(most.Replace(":\"", ": \"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("length", true)]
    [InlineData("content_filter", true)]
    [InlineData("tool_calls", false)]
    public void The_last_call_of_an_answer_that_was_cut_off_may_be_there_in_part(string reason, bool isCut)
    {
        ToolExchange exchange = new(Completion(reason, Call("1"), Call("2")));

        Assert.False(exchange.IsCut(0));
        Assert.Equal(isCut, exchange.IsCut(1));
    }

    [Theory]
    [InlineData("Get-Weather", "Get-Weather")]
    [InlineData("größe", "gr__e")]
    [InlineData("a.b c", "a_b_c")]
    [InlineData("", "_")]
    public void A_name_is_one_that_the_API_takes(string name, string sent) => Assert.Equal(sent, ToolName.Sendable(name));

    [Fact]
    public void Two_commands_do_not_share_a_name()
    {
        string most = new('x', 64);

        Assert.Equal("a_b_3", ToolName.Unique("a.b", ["a_b", "a_b_2"]));
        Assert.Equal(new string('x', 62) + "_2", ToolName.Unique(most + "y", [most]));
    }

    [Fact]
    public void Usages_are_summed_as_far_as_they_are_known()
    {
        ChatUsage? sum = ChatUsage.Sum([null, new ChatUsage(1, 2, 3, null, 4), null, new ChatUsage(10, 20, int.MaxValue, 5, null)]);

        Assert.Equal((11, 22, int.MaxValue, 5, 4), (sum!.PromptTokens, sum.CompletionTokens, sum.TotalTokens, sum.CachedTokens, sum.ReasoningTokens));
        Assert.Null(ChatUsage.Sum([null, null]));
    }

    private static ChatToolCall Call(string id) => new(id, "t", "{}");

    private static ChatCompletion Completion(params ChatToolCall[] calls) => Completion("tool_calls", calls);

    private static ChatCompletion Completion(string reason, params ChatToolCall[] calls) => new("id", "m", [new ChatChoice(0, string.Empty, null, null, calls, reason)], null);
}
