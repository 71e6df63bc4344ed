using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class ModelAndLengthTests
{
    private static readonly RequestCheckOptions Offers = new() { Models = ["gpt-4o", "gpt-4o-mini", "llama3"] };

    [Theory]
    [InlineData("gpt-4o-mni", "The service does not offer the model \"gpt-4o-mni\"; the nearest that it offers: gpt-4o-mini.", """[{"op":"replace","path":"/model","value":"gpt-4o-mini"}]""")]
    [InlineData("llama4", "The service does not offer the model \"llama4\"; the nearest that it offers: llama3.", null)]
    [InlineData("claude", "The service does not offer the model \"claude\"; it offers gpt-4o, gpt-4o-mini, llama3.", null)]
    public void A_model_that_the_service_does_not_offer_is_an_error(string model, string message, string? fix)
    {
        Finding finding = Check.Only(Request(model, "x", string.Empty), Offers);
        Assert.Equal((FindingSeverity.Error, "model_not_supported", "model", message, fix), (finding.Severity, finding.Code, finding.Param, finding.Message, finding.Fix));
        Assert.Equal("Use supported model ID", finding.Solution);
    }

    [Fact]
    public void A_model_that_the_service_offers_needs_not_be_known() => Assert.Empty(Check.Run(Request("llama3", "x", string.Empty), Offers).Findings);

    [Fact]
    public void An_unknown_model_is_a_warning_where_the_service_s_own_are_not_known()
    {
        Finding finding = Check.Only(Request("gpt-4o-min", "x", string.Empty));
        Assert.Equal((FindingSeverity.Warning, "model_not_supported"), (finding.Severity, finding.Code));
        Assert.EndsWith("Did you mean gpt-4o-mini?", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8192 * 4, "", true)]
    [InlineData((8192 * 4) + 3, "", true)]
    [InlineData((8192 * 4) + 4, "", false)]
    [InlineData(8092 * 4, "\"max_tokens\":100", true)]
    [InlineData(8092 * 4, "\"max_tokens\":101", false)]
    [InlineData(8092 * 4, "\"max_completion_tokens\":101", false)]
    [InlineData(8092 * 4, "\"max_tokens\":101,\"max_completion_tokens\":100", true)]
    public void Messages_and_answer_fit_the_window_up_to_the_last_token(int characters, string members, bool fits)
    {
        RequestReport report = Check.Run(Request("gpt-4", new string('a', characters), members));
        Assert.Equal(fits, report.Findings.All(finding => finding.Code != "context_length_exceeded"));
        Assert.Equal(characters / 4, report.Tokens);
    }

    [Fact]
    public void Too_many_tokens_is_told_with_both_numbers_and_by_how_many()
    {
        string request = Request("gpt-4", new string('a', 8000 * 4), "\"max_tokens\":1000");
        Finding finding = Check.Only(request);
        Assert.Equal((FindingSeverity.Warning, "context_length_exceeded", "messages"), (finding.Severity, finding.Code, finding.Param));
        Assert.Equal("The messages are about 8,000 tokens and max_tokens is 1,000, together 9,000: 808 more than the 8,192 of gpt-4's context window.", finding.Message);
        Assert.Equal("""[{"op":"replace","path":"/max_tokens","value":192}]""", finding.Fix);
        Assert.Equal("Reduce messages or max_tokens", finding.Solution);
    }

    [Fact]
    public void What_each_message_costs_is_told_where_they_are_too_many()
    {
        string Messages(int length) => $$"""{"model":"gpt-4","messages":[{"role":"system","content":"abcd"},{"role":"user","content":"{{new string('a', length)}}"},{"role":"user","content":"12345678"}]}""";
        RequestReport report = Check.Run(Messages(8192 * 4));
        Assert.Equal([1, 8192, 2], report.MessageTokens!);
        Assert.EndsWith("context window. Each: messages[1] about 8,192, messages[2] about 2, messages[0] about 1.", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
        Assert.Null(Check.Run(Messages(8000)).MessageTokens);
    }

    [Fact]
    public void It_is_an_error_where_the_estimate_is_the_service_s_own_count()
    {
        Finding finding = Check.Only(Request("llama3", new string('a', 400), string.Empty), Offers with { EstimateIsExact = true, ContextWindow = _ => 99 });
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal("The messages are 100 tokens: 1 more than the 99 of llama3's context window.", finding.Message);
        Assert.Null(finding.Fix);
    }

    [Fact]
    public void The_service_s_own_window_comes_before_the_built_in_table() =>
        Assert.Empty(Check.Run(Request("gpt-4", new string('a', 40_000), string.Empty), new RequestCheckOptions { ContextWindow = _ => 10_000 }).Findings);

    [Fact]
    public void The_largest_number_there_is_overflows_nothing()
    {
        RequestReport report = Check.Run(Request("gpt-4", "Hello", "\"max_tokens\":9223372036854775807"));
        Assert.Equal("context_length_exceeded,invalid_value", string.Join(',', report.Findings.Select(finding => finding.Code).Order()));
    }

    [Fact]
    public void A_conversation_is_estimated_as_one_text()
    {
        // 3 + 3 + 2 characters are two tokens together, and none each.
        RequestReport report = Check.Run(
            """{"model":"gpt-4o","messages":[{"role":"system","content":"abc"},{"role":"user","content":[{"type":"text","text":"d\u00e9\n"}]},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"\ud83d\ude00"}}]},{"role":"tool","tool_call_id":"1","content":""}]}""");
        Assert.Empty(report.Findings);
        Assert.Equal(2, report.Tokens);
    }

    [Fact]
    public void Of_many_messages_the_five_largest_say_what_they_cost()
    {
        string messages = string.Join(',', new[] { 400, 40, 8000, 12_000, 80, 16_000, 4 }.Select(length => $$"""{"role":"user","content":"{{new string('a', length)}}"}"""));
        Finding finding = Check.Only($$"""{"model":"gpt-4","messages":[{{messages}}]}""");
        Assert.Equal(
            "The messages are about 9,131 tokens: 939 more than the 8,192 of gpt-4's context window. "
            + "The largest of 7: messages[5] about 4,000, messages[3] about 3,000, messages[2] about 2,000, messages[0] about 100, messages[4] about 20.",
            finding.Message);
    }

    [Fact]
    public void Tools_count_too()
    {
        string tools = $$$"""
            "tools":[{"type":"function","function":{"name":"f","description":"{{{new string('a', 400)}}}"}}]
            """;
        Finding finding = Check.Only(Request("gpt-4", new string('a', 8150 * 4), tools));
        Assert.Equal(
            "The messages are about 8,150 tokens and the tools about 109, together 8,259: 67 more than the 8,192 of gpt-4's context window.", finding.Message);
    }

    [Fact]
    public void A_sender_that_renames_max_tokens_is_not_told_to()
    {
        string request = Request("o4-mini", "x", "\"max_tokens\":5");
        Assert.Equal(("max_tokens", """[{"op":"move","from":"/max_tokens","path":"/max_completion_tokens"}]""", true), (Check.Only(request).Param, Check.Only(request).Fix, Check.Only(request).IsFixSafe));
        Assert.Empty(Check.Run(request, new RequestCheckOptions { RenamesMaxTokens = true }).Findings);
    }

    [Fact]
    public void A_gateway_has_rules_of_its_own() =>
        Assert.Empty(Check.Run(Request("openai/o3", "x", "\"max_tokens\":5,\"temperature\":0.2")).Findings);

    private static string Request(string model, string content, string members) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{(members.Length > 0 ? "," : string.Empty)}}{{members}}}""";
}
