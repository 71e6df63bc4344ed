using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\"temperature\":0")]
    [InlineData("\"temperature\":2")]
    [InlineData("\"temperature\":2.0e0")]
    [InlineData("\"temperature\":null")]
    [InlineData("\"top_p\":0")]
    [InlineData("\"top_p\":1")]
    [InlineData("\"presence_penalty\":-2")]
    [InlineData("\"presence_penalty\":2")]
    [InlineData("\"frequency_penalty\":-2")]
    [InlineData("\"frequency_penalty\":2.0")]
    [InlineData("\"n\":1")]
    [InlineData("\"n\":128")]
    [InlineData("\"max_tokens\":1")]
    [InlineData("\"max_completion_tokens\":1")]
    [InlineData("\"stop\":\"x\"")]
    [InlineData("\"stop\":[\"a\"]")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("\"seed\":-9223372036854775808")]
    [InlineData("\"seed\":9223372036854775807")]
    [InlineData("\"stream\":false")]
    [InlineData("\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":0")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":20")]
    [InlineData("\"logit_bias\":{\"1\":-100,\"2\":100}")]
    [InlineData("\"response_format\":{\"type\":\"text\"}")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"}}")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData("\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData("\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData("\"verbosity\":\"low\"")]
    [InlineData("\"user\":\"\"")]
    [InlineData("\"store\":true")]
    [InlineData("\"service_tier\":\"flex\"")]
    [InlineData("\"metadata\":{\"a\":\"b\"}")]
    [InlineData("\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"ash\",\"format\":\"wav\"}")]
    [InlineData("\"prediction\":{\"type\":\"content\",\"content\":\"x\"},\"web_search_options\":{},\"safety_identifier\":\"x\",\"prompt_cache_key\":\"k\"")]
    public void What_keeps_to_the_rules_has_no_finding(string members) => Assert.Empty(Check.Run(Check.Request(members)).Findings);

    [Theory]
    [InlineData("\"temperature\":-0.0001", "temperature", "temperature is -0.0001; it has to be between 0 and 2.")]
    [InlineData("\"temperature\":2.0001", "temperature", "temperature is 2.0001; it has to be between 0 and 2.")]
    [InlineData("\"temperature\":1e999", "temperature", "temperature is 1e999; it has to be between 0 and 2.")]
    [InlineData("\"temperature\":true", "temperature", "temperature is true; it has to be a number.")]
    [InlineData("\"temperature\":[1]", "temperature", "temperature is an array; it has to be a number.")]
    [InlineData("\"top_p\":1.01", "top_p", "top_p is 1.01; it has to be between 0 and 1.")]
    [InlineData("\"top_p\":-1", "top_p", "top_p is -1; it has to be between 0 and 1.")]
    [InlineData("\"presence_penalty\":-2.1", "presence_penalty", "presence_penalty is -2.1; it has to be between -2 and 2.")]
    [InlineData("\"frequency_penalty\":2.1", "frequency_penalty", "frequency_penalty is 2.1; it has to be between -2 and 2.")]
    [InlineData("\"n\":0", "n", "n is 0; it has to be between 1 and 128.")]
    [InlineData("\"n\":129", "n", "n is 129; it has to be between 1 and 128.")]
    [InlineData("\"max_tokens\":0", "max_tokens", "max_tokens is 0; it has to be at least 1.")]
    [InlineData("\"max_completion_tokens\":-1", "max_completion_tokens", "max_completion_tokens is -1; it has to be at least 1.")]
    [InlineData("\"max_tokens\":99999999999999999999", "max_tokens", "max_tokens is 99999999999999999999, which is beyond 64 bits.")]
    [InlineData("\"max_tokens\":1.5", "max_tokens", "max_tokens is the decimal number 1.5; it has to be a whole number.")]
    [InlineData("\"stop\":[]", "stop", "stop is empty; it has to have at least one item.")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "stop", "stop has 5 items; it may have at most 4.")]
    [InlineData("\"stop\":[\"a\",null]", "stop[1]", "stop[1] is null; it has to be a string.")]
    [InlineData("\"stop\":[\"a\",2]", "stop[1]", "stop[1] is the number 2; it has to be a string.")]
    [InlineData("\"stop\":7", "stop", "stop is the number 7; it has to be a string or an array.")]
    [InlineData("\"seed\":9223372036854775808", "seed", "seed is 9223372036854775808, which is beyond 64 bits.")]
    [InlineData("\"stream\":\"yes\"", "stream", "stream is the string \"yes\"; it has to be true or false.")]
    [InlineData("\"logprobs\":1", "logprobs", "logprobs is the number 1; it has to be true or false.")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":21", "top_logprobs", "top_logprobs is 21; it has to be between 0 and 20.")]
    [InlineData("\"top_logprobs\":2", "top_logprobs", "top_logprobs needs logprobs to be true.")]
    [InlineData("\"stream_options\":{}", "stream_options", "stream_options may stand only where stream is true.")]
    [InlineData("\"logit_bias\":{\"50256\":-101}", "logit_bias.50256", "logit_bias.50256 is -101; it has to be between -100 and 100.")]
    [InlineData("\"safety_identifier\":5", "safety_identifier", "safety_identifier is the number 5; it has to be a string.")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema", "response_format.json_schema is missing: an object of type json_schema holds it.")]
    [InlineData("\"response_format\":{}", "response_format.type", "response_format.type is missing: it has to be a string.")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].function", "tools[0].function is missing: an object of type function holds it.")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{}}]", "tools[0].function.name", "tools[0].function.name is missing: it has to be a string.")]
    [InlineData("\"tool_choice\":\"any\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "tool_choice", "tool_choice is \"any\"; it has to be \"none\", \"auto\" or \"required\".")]
    public void What_does_not_is_an_error_with_its_param(string members, string param, string message)
    {
        Finding finding = Check.Only(Check.Request(members));
        Assert.Equal(param, finding.Param);
        Assert.Equal(message, finding.Message);
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        bool missing = message.Contains(" is missing:", StringComparison.Ordinal);
        Assert.Equal(missing ? "missing_required_field" : "invalid_value", finding.Code);
        Assert.Equal(missing ? "Add missing parameter" : "Check parameter format and range", finding.Solution);
    }

    [Theory]
    [InlineData("\"top_k\":5", "top_k", "top_k is not a documented parameter; a service may ignore or refuse it.", null)]
    [InlineData("\"temprature\":1", "temprature", "temprature is not a documented parameter; did you mean temperature?", """[{"op":"move","from":"/temprature","path":"/temperature"}]""")]
    [InlineData("\"Temperature\":1", "Temperature", "Temperature is not a documented parameter; did you mean temperature?", """[{"op":"move","from":"/Temperature","path":"/temperature"}]""")]
    [InlineData("\"verbosity\":\"max\"", "verbosity", "verbosity is \"max\"; \"low\", \"medium\" or \"high\" is documented.", null)]
    [InlineData("\"reasoning_effort\":\"low\"", "reasoning_effort", "reasoning_effort is for models that reason; gpt-4o does not.", """[{"op":"remove","path":"/reasoning_effort"}]""")]
    [InlineData("\"tools\":null", "tools", "tools is null, which is documented nowhere, and which some services refuse: leave it out.", """[{"op":"remove","path":"/tools"}]""")]
    [InlineData("\"max_tokens\":20000", "max_tokens", "max_tokens is 20,000; gpt-4o answers with at most 16,384 tokens.", """[{"op":"replace","path":"/max_tokens","value":16384}]""")]
    public void What_only_some_services_refuse_is_a_warning(string members, string param, string message, string? fix)
    {
        Finding finding = Check.Only(Check.Request(members));
        Assert.Equal((FindingSeverity.Warning, "invalid_value", param, message, fix), (finding.Severity, finding.Code, finding.Param, finding.Message, finding.Fix));
        Assert.True(Check.Run(Check.Request(members)).IsValid);
    }

    [Theory]
    [InlineData("\"temperature\":\"0.5\"", """[{"op":"replace","path":"/temperature","value":0.5}]""")]
    [InlineData("\"temperature\":\"5\"", null)]
    [InlineData("\"temperature\":\"warm\"", null)]
    [InlineData("\"stream\":1", """[{"op":"replace","path":"/stream","value":true}]""")]
    [InlineData("\"stream\":2", null)]
    [InlineData("\"max_tokens\":\"100\"", """[{"op":"replace","path":"/max_tokens","value":100}]""")]
    [InlineData("\"max_tokens\":5.0", """[{"op":"replace","path":"/max_tokens","value":5}]""")]
    [InlineData("\"max_tokens\":1e3", """[{"op":"replace","path":"/max_tokens","value":1000}]""")]
    [InlineData("\"max_tokens\":1.5", null)]
    [InlineData("\"stream\":\"True\"", """[{"op":"replace","path":"/stream","value":true}]""")]
    [InlineData("\"prompt_cache_key\":42", """[{"op":"replace","path":"/prompt_cache_key","value":"42"}]""")]
    [InlineData("\"tool_choice\":\"Auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", """[{"op":"replace","path":"/tool_choice","value":"auto"}]""")]
    [InlineData("\"top_logprobs\":1", """[{"op":"add","path":"/logprobs","value":true}]""")]
    [InlineData("\"metadata\":{\"a/b~c\":1}", """[{"op":"replace","path":"/metadata/a~1b~0c","value":"1"}]""")]
    public void There_is_a_safe_fix_where_one_meaning_is_possible(string members, string? fix)
    {
        Finding finding = Check.Only(Check.Request(members));
        Assert.Equal((fix, fix is not null), (finding.Fix, finding.IsFixSafe));
    }

    [Theory]
    [InlineData("\"temperature\":20", """[{"op":"replace","path":"/temperature","value":2}]""")]
    [InlineData("\"temperature\":-0.5", """[{"op":"replace","path":"/temperature","value":0}]""")]
    [InlineData("\"n\":1000", """[{"op":"replace","path":"/n","value":128}]""")]
    [InlineData("\"stream_options\":{}", """[{"op":"remove","path":"/stream_options"}]""")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":1", """[{"op":"add","path":"/logprobs","value":true}]""")]
    [InlineData("\"max_tokens\":5,\"max_completion_tokens\":6", """[{"op":"remove","path":"/max_tokens"}]""")]
    public void A_fix_that_is_one_of_several_is_a_choice(string members, string fix)
    {
        Finding finding = Check.Only(Check.Request(members));
        Assert.Equal((fix, false), (finding.Fix, finding.IsFixSafe));
    }

    [Theory]
    [InlineData("{}", "model,messages")]
    [InlineData("{\"model\":\"gpt-4o\"}", "messages")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{}]}", "messages[0].role,messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\"}]}", "messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"assistant\"}]}", "messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},{\"role\":\"tool\",\"content\":\"x\"}]}", "messages[0].tool_calls[0].id,messages[1].tool_call_id")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}", "messages[0].content[0].text")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}", "messages[0].content[0].image_url")]
    public void What_is_missing_is_named(string json, string parameters)
    {
        RequestReport report = Check.Run(json);
        Assert.Equal(parameters.Split(','), report.Findings.Select(finding => finding.Param));
        Assert.All(report.Findings, finding => Assert.Equal(("missing_required_field", "Add missing parameter"), (finding.Code, finding.Solution)));
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("\"x\"", null)]
    [InlineData("null", null)]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[]}", "messages")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":null}", "messages")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":{}}", "messages")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[1]}", "messages[0]")]
    [InlineData("{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":null,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":null}]}", "messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":{}}]}", "messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[]}]}", "messages[0].content")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"function\",\"content\":\"x\"}]}", "messages[0].role")]
    public void What_has_the_wrong_shape_is_named(string json, string? param)
    {
        Finding finding = Check.Only(json);
        Assert.Equal((FindingSeverity.Error, "invalid_value", param), (finding.Severity, finding.Code, finding.Param));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("user")]
    [InlineData("assistant")]
    [InlineData("developer")]
    public void A_documented_role_is_valid(string role) =>
        Assert.Empty(Check.Run($$"""{"model":"gpt-4o","messages":[{"role":"{{role}}","content":"x"}]}""").Findings);

    [Fact]
    public void A_tool_s_answer_and_the_call_that_it_answers_are_valid() => Assert.Empty(Check.Run(
        """
        {"model":"gpt-4o","messages":[
          {"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]},
          {"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"w","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"1","content":"rain"}]}
        """).Findings);

    [Fact]
    public void A_mistyped_role_names_the_nearest_with_its_patch()
    {
        Finding finding = Check.Only("{\"model\":\"gpt-4o\",\n\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assitant\",\"content\":\"x\"}]}");
        Assert.Equal("messages[1].role is \"assitant\"; it has to be \"system\", \"user\", \"assistant\", \"tool\" or \"developer\". Did you mean \"assistant\"?", finding.Message);
        Assert.Equal("""[{"op":"replace","path":"/messages/1/role","value":"assistant"}]""", finding.Fix);
        Assert.Equal((2, 51), (finding.Line, finding.Column));
    }

    [Fact]
    public void What_is_missing_is_looked_for_under_a_name_near_it()
    {
        RequestReport report = Check.Run("""{"model":"gpt-4o","messages":[{"Role":"user","content":"x"}]}""");
        Assert.Equal("messages[0].role is missing: it has to be a string. Is Role meant for it?", report.Findings[0].Message);
        Assert.Equal("""[{"op":"move","from":"/messages/0/Role","path":"/messages/0/role"}]""", report.Findings[1].Fix);
    }

    [Fact]
    public void All_findings_come_at_once_in_document_order()
    {
        RequestReport report = Check.Run(
            "{\"temperature\":3,\n \"messages\":[{\"role\":\"usr\",\"content\":5}],\n \"n\":0, \"modle\":\"gpt-4o\"}");
        Assert.Equal(["model", "temperature", "messages[0].role", "messages[0].content", "n", "modle"], report.Findings.Select(finding => finding.Param));
        Assert.Equal([1, 1, 2, 2, 3, 3], report.Findings.Select(finding => finding.Line));
        Assert.False(report.IsValid);
        Assert.Equal(0, report.Tokens);
    }

    [Fact]
    public void Without_text_there_are_no_positions()
    {
        Finding finding = Check.Only(Check.Request("\"n\":0"), new RequestCheckOptions { HasPositions = false });
        Assert.Null(finding.Line);
        Assert.Null(finding.Column);
    }

    [Fact]
    public void A_line_of_a_file_keeps_its_number() =>
        Assert.Equal(7, Check.Only(Check.Request("\"n\":0"), new RequestCheckOptions { FirstLine = 7 }).Line);

    [Fact]
    public void Findings_without_end_are_cut_off_with_a_word_about_it()
    {
        string messages = string.Join(",", Enumerable.Repeat("{}", 100_000));
        RequestReport report = Check.Run($$"""{"model":"gpt-4o","messages":[{{messages}}]}""");
        Assert.Equal(FindingList.Maximum + 1, report.Findings.Length);
        Assert.Equal("Only the first 1,000 findings are told.", report.Findings[FindingList.Maximum].Message);
        Assert.Equal("gpt-4o", report.Model);
    }

    [Fact]
    public void Control_sequences_in_a_request_never_reach_a_message_as_they_are()
    {
        Finding finding = Check.Only("""{"model":"gpt-4o","messages":[{"role":"\u001b[31mred","content":"x"}]}""");
        Assert.DoesNotContain('\u001b', finding.Message);
    }

    [Fact]
    public void A_check_that_is_made_while_another_asks_for_a_window_disturbs_neither()
    {
        RequestReport? inner = null;
        RequestCheckOptions options = new()
        {
            ContextWindow = _ =>
            {
                inner = Check.Run(Check.Request("\"top_p\":2"));
                return null;
            },
        };
        Finding outer = Check.Only(Check.Request("\"temperature\":3"), options);
        Assert.Equal(("temperature", "top_p"), (outer.Param, Assert.Single(inner!.Findings).Param));
    }
}
