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

    // A request of one message of n words of a token each: the role, three of the message and three of the answer's start come to them.
    [Theory]
    [InlineData(8192, "", true)]
    [InlineData(8193, "", false)]
    [InlineData(8092, "\"max_tokens\":100", true)]
    [InlineData(8092, "\"max_tokens\":101", false)]
    [InlineData(8092, "\"max_completion_tokens\":101", false)]
    [InlineData(8092, "\"max_tokens\":101,\"max_completion_tokens\":100", true)]
    public void Messages_and_answer_fit_the_window_up_to_the_last_token(int tokens, string members, bool fits)
    {
        RequestReport report = Check.Run(Request("gpt-4", Words(tokens - 7), members));
        Assert.Equal(fits, report.Findings.All(finding => finding.Code != "context_length_exceeded"));
        Assert.Equal((tokens - 7) / 2, report.Tokens);
    }

    [Fact]
    public void Too_many_tokens_by_the_exact_count_is_an_error_with_both_numbers_and_by_how_many()
    {
        Finding finding = Check.Only(Request("gpt-4", Words(7993), "\"max_tokens\":1000"));
        Assert.Equal((FindingSeverity.Error, "context_length_exceeded", "messages"), (finding.Severity, finding.Code, finding.Param));
        Assert.Equal("The messages are 8,000 tokens and max_tokens is 1,000, together 9,000: 808 more than the 8,192 of gpt-4's context window.", finding.Message);
        Assert.Equal("""[{"op":"replace","path":"/max_tokens","value":192}]""", finding.Fix);
        Assert.Equal("Reduce messages or max_tokens", finding.Solution);
    }

    // llama3's encoding is not known.
    [Theory]
    [InlineData((100 * 4) + 3, true)]
    [InlineData(101 * 4, false)]
    public void By_the_estimate_it_is_a_warning(int characters, bool fits)
    {
        RequestReport report = Check.Run(Request("llama3", new string('a', characters), string.Empty), Offers with { ContextWindow = _ => 100 });
        Assert.Equal(fits, report.Findings.Length == 0);
        Assert.All(report.Findings, finding => Assert.Equal(
            (FindingSeverity.Warning, "The messages are about 101 tokens: 1 more than the 100 of llama3's context window."), (finding.Severity, finding.Message)));
    }

    // What gpt-5's format adds is not documented: the words alone are sure.
    [Theory]
    [InlineData(93, null)]
    [InlineData(94, FindingSeverity.Warning)]
    [InlineData(100, FindingSeverity.Warning)]
    [InlineData(101, FindingSeverity.Error)]
    public void Where_the_format_is_a_guess_only_the_text_alone_makes_it_an_error(int words, FindingSeverity? severity)
    {
        RequestReport report = Check.Run(Request("gpt-5", Words(words), string.Empty), new RequestCheckOptions { ContextWindow = _ => 100 });
        Assert.Equal(severity, report.Findings.SingleOrDefault()?.Severity);
        Assert.All(report.Findings, finding => Assert.StartsWith($"The messages are about {words + 7} tokens", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_of_few_bytes_may_be_too_many_tokens()
    {
        string url = "data:image/png;base64," + Convert.ToBase64String(Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000400000004000806000000"));
        string request = $$$"""{"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{url}}}"}}]}]}""";
        Assert.Empty(Check.Run(request, new RequestCheckOptions { ContextWindow = _ => 765 + 7 }).Findings);
        Finding finding = Check.Only(request, new RequestCheckOptions { ContextWindow = _ => 765 + 6 });
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal("The messages are 772 tokens: 1 more than the 771 of gpt-4o's context window.", finding.Message);
    }

    [Fact]
    public void What_each_message_costs_is_told_where_they_are_too_many()
    {
        string Messages(int length) => $$"""{"model":"gpt-4","messages":[{"role":"system","content":"abcd"},{"role":"user","content":"{{Words(length)}}"},{"role":"user","content":"12345678"}]}""";
        RequestReport report = Check.Run(Messages(8192));
        // Each has four of the format beside its text; 12345678 is 123, 456 and 78.
        Assert.Equal([5, 8196, 7], report.MessageTokens!);
        Assert.EndsWith("context window. Each: messages[1] 8,196, messages[2] 7, messages[0] 5.", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
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
        Assert.Empty(Check.Run(Request("gpt-4", Words(9_993), string.Empty), new RequestCheckOptions { ContextWindow = _ => 10_000 }).Findings);

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
        string messages = string.Join(',', new[] { 100, 10, 2000, 3000, 20, 4000, 1 }.Select(words => $$"""{"role":"user","content":"{{Words(words)}}"}"""));
        Finding finding = Check.Only($$"""{"model":"gpt-4","messages":[{{messages}}]}""");
        Assert.Equal(
            "The messages are 9,162 tokens: 970 more than the 8,192 of gpt-4's context window. "
            + "The largest of 7: messages[5] 4,004, messages[3] 3,004, messages[2] 2,004, messages[0] 104, messages[4] 24.",
            finding.Message);
    }

    [Fact]
    public void Tools_count_too()
    {
        string tools = $$$"""
            "tools":[{"type":"function","function":{"name":"f","description":"{{{Words(100)}}}"}}]
            """;
        // Ten for the function, its name and the colon, twelve for the end.
        Finding finding = Check.Only(Request("gpt-4", Words(8143), tools));
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal("The messages are 8,150 tokens and the tools 124, together 8,274: 82 more than the 8,192 of gpt-4's context window.", finding.Message);
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

    private static string Words(int count) => string.Concat(Enumerable.Repeat(" a", count));

    private static string Request(string model, string content, string members) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{(members.Length > 0 ? "," : string.Empty)}}{{members}}}""";
}
