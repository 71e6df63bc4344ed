using System.Text;
using System.Text.RegularExpressions;
using ApiTools.Repair;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Repair;

public sealed class RequestRepairTests
{
    private const string Valid = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""";

    [Theory]
    [InlineData("{'model':'gpt-4o'}", null)]
    [InlineData("{\"model\":\"gpt-4o\",\"temperature\":\"0.5\",\"messages\":[]}", null)]
    [InlineData(Valid, ContextFitMode.DropOldest)]
    public void A_repair_that_is_cancelled_ends(string text, ContextFitMode? fit)
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => RequestRepair.Repair(Encoding.UTF8.GetBytes(text), new RepairOptions { FitContext = fit }, cancelled.Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_byte_order_marks_are_all_taken_out_at_once(bool utf16)
    {
        string text = "\ufeff\ufeff" + Valid.Replace("\"role\"", "\"roe\"", StringComparison.Ordinal);
        RepairedRequest repaired = RequestRepair.Repair((utf16 ? Encoding.Unicode : Encoding.UTF8).GetBytes(text), new RepairOptions { Includes = _ => true }, CancellationToken.None);
        Assert.Equal(Valid, repaired.Request);
        Assert.Empty(repaired.Findings);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{0}}}")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{0}")]
    public void Of_a_name_that_is_given_twice_only_the_last_is_repaired(string frame)
    {
        const string First = """{"model":"gpt-4o","messages":{"role":"usr","content":"one"},"temperature":1,""";
        string text = string.Format(null, frame, First + "\"messages\":{\"role\":\"user\",\"content\":\"two\"}}");
        RepairedRequest repaired = Repaired.Run(text);
        Assert.Equal(string.Format(null, frame, First + "\"messages\":[{\"role\":\"user\",\"content\":\"two\"}]}"), repaired.Request);
        Assert.Equal(["messages", "messages"], repaired.Findings.Select(finding => finding.Param));
        Assert.All(repaired.Findings, finding => Assert.Null(finding.Fix));
    }

    [Fact]
    public void Each_safe_fix_is_applied_and_every_other_byte_is_kept()
    {
        const string Text = "{\r\n  \"model\" : \"gpt-4o\",\r\n\t\"temperature\": \"0.50\",\r\n  \"max_tokens\":1e2,\r\n  \"seed\":1, \"messages\": [{ \"role\": \"assitant\", \"content\": \"caf\\u00e9 \\/\" }]\r\n}\r\n";
        RepairedRequest repaired = Repaired.Run(Text);
        Assert.Equal(Text.Replace("\"0.50\"", "0.50", StringComparison.Ordinal).Replace("1e2", "100", StringComparison.Ordinal).Replace("assitant", "assistant", StringComparison.Ordinal), repaired.Request);
        Assert.True(repaired.IsValid);
        Assert.Empty(repaired.Findings);
        Assert.Equal(
            [
                "(3,17): temperature: \"0.50\" becomes 0.50",
                "(4,16): max_tokens: 1e2 becomes 100",
                "(5,36): messages[0].role: \"assitant\" becomes \"assistant\"",
            ],
            repaired.Changes.Select(change => change.ToString()));
        Assert.All(repaired.Changes, change => Assert.Equal("invalid_value", change.Code));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_told_and_changed_where_it_is_asked_for()
    {
        byte[] text = [0xef, 0xbb, 0xbf, .. Encoding.Latin1.GetBytes(Valid.Replace("Hello", "caf\u00e9 \u00e4\u00f6", StringComparison.Ordinal)[..^1] + ",}")];
        RepairedRequest kept = RequestRepair.Repair(text, RepairOptions.Default, CancellationToken.None);
        Finding finding = Assert.Single(kept.Findings);
        Assert.Equal(
            ("The byte 0xe9, at offset 59, is not UTF-8, which JSON has to be. Save the text as UTF-8.", 1, 60, false, true),
            (finding.Message, finding.Line, finding.Column, finding.IsRepairable, finding.HasChoice));
        RepairedRequest repaired = RequestRepair.Repair(text, new RepairOptions { Includes = found => found.Code == "invalid_value" }, CancellationToken.None);
        Assert.Equal(Valid.Replace("Hello", "caf\ufffd \ufffd\ufffd", StringComparison.Ordinal), repaired.Request);
        Assert.Equal(
            [
                "(1,1): the byte order mark taken out.",
                "(1,60): the byte 0xe9, which is no UTF-8, changed into U+FFFD.",
                "(1,62): 2 bytes that are no UTF-8 changed into U+FFFD.",
                "(1,68): the comma before '}' taken out.",
            ],
            repaired.Changes.Select(change => change.ToString()));
    }

    [Theory]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":{\"role\":\"user\",\"content\":\"Hello\"}}", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"x\"}}]}", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}")]
    [InlineData("{\"model\":\"gpt-4o\",\"modalities\":\"text\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "{\"model\":\"gpt-4o\",\"modalities\":[\"text\"],\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    public void One_where_an_array_is_due_becomes_an_array_of_one(string text, string wrapped)
    {
        RepairedRequest repaired = Repaired.Run(text);
        Assert.Equal(wrapped, repaired.Request);
        Assert.True(repaired.IsValid);
    }

    [Fact]
    public void A_long_message_where_an_array_is_due_is_moved_into_one()
    {
        string content = new('x', 100_000);
        RepairedRequest repaired = Repaired.Run($$"""{"messages":{"role":"user","content":"{{content}}"},"model":"gpt-4o"}""");
        Assert.True(repaired.IsValid);
        Assert.Contains($$""""messages":[{"role":"user","content":"{{content}}"}]"""", repaired.Request, StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_fixes_there_are_all_are_applied()
    {
        string message = """{"role":"usr","content":"x"}""";
        string text = $$"""{"model":"gpt-4.1","messages":[{{string.Join(",", Enumerable.Repeat(message, 70_000))}}]}""";
        RepairedRequest repaired = Repaired.Run(text);
        Assert.Equal(text.Replace("usr", "user", StringComparison.Ordinal), repaired.Request);
        Assert.Equal((true, false, 70_000), (repaired.IsValid, repaired.IsUnfinished, repaired.Changes.Length));
    }

    [Theory]
    [InlineData("{\"a\":1,}", true, false)]
    [InlineData("[NaN]", false, true)]
    [InlineData("{\"a\":}", false, false)]
    [InlineData("{\"model\":\"gpt-4o\",\"temperature\":\"1\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", true, false)]
    [InlineData("{\"model\":\"gpt-4o\",\"temperature\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", false, true)]
    [InlineData("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d\"}]}", false, true)]
    public void A_finding_says_whether_a_repair_mends_it(string text, bool isRepairable, bool hasChoice)
    {
        Finding finding = Assert.Single(RequestValidator.Validate(Encoding.UTF8.GetBytes(text), RequestCheckOptions.Default).Findings);
        Assert.Equal((isRepairable, hasChoice), (finding.IsRepairable, finding.HasChoice));
        Assert.Equal(isRepairable, Repaired.Run(text).Changes.Length > 0);
        Assert.Equal(isRepairable || hasChoice, Repaired.Run(text, new RepairOptions { Includes = _ => true }).Changes.Length > 0);
    }

    [Fact]
    public void A_request_that_is_right_keeps_its_bytes()
    {
        byte[] request = Encoding.UTF8.GetBytes(Valid);
        RepairedRequest repaired = RequestRepair.Repair(request, RepairOptions.Default, CancellationToken.None);
        Assert.Same(request, repaired.Utf8Json);
        Assert.Empty(repaired.Changes);
        Assert.Equal(Valid, repaired.ToString());
    }

    [Fact]
    public void What_a_person_must_decide_is_left_and_said()
    {
        RepairedRequest repaired = Repaired.Run("""{"model":"gpt-4o","temperature":3,"messages":[{"role":"usr","content":"x"},{"role":"user"}]}""");
        Assert.Equal("messages[0].role: \"usr\" becomes \"user\"", repaired.Changes.Single().ToString()[8..]);
        Assert.Equal(["temperature", "messages[1].content"], repaired.Findings.Select(finding => finding.Param));
        Assert.False(repaired.IsValid);
    }

    [Fact]
    public void A_misspelt_name_is_renamed_in_its_place()
    {
        RepairedRequest repaired = Repaired.Run("""{"model": "gpt-4o", "temprature": 0.5, "messages": [{"role": "user", "content": "x"}]}""");
        Assert.Equal("""{"model": "gpt-4o", "temperature": 0.5, "messages": [{"role": "user", "content": "x"}]}""", repaired.Request);
        Assert.Equal("(1,21): temprature: temprature becomes temperature", repaired.Changes.Single().ToString());
    }

    [Fact]
    public void Fixes_that_want_the_same_name_are_not_both_applied()
    {
        RepairedRequest repaired = Repaired.Run(
            """{"model":"gpt-4o","temprature":0.5,"temperture":0.6,"messages":[{"role":"user","content":"x"}]}""", new RepairOptions { Includes = _ => true });
        Assert.Single(Regex.Matches(repaired.Request, "\"temperature\""));
        Assert.Single(repaired.Findings, finding => finding.Param is "temprature" or "temperture");
    }

    [Fact]
    public void A_fix_that_another_makes_possible_is_applied_too()
    {
        // The name first, then the value's kind.
        RepairedRequest repaired = Repaired.Run("""{"model":"gpt-4o","temprature":"0.5","messages":[{"role":"user","content":"x"}]}""");
        Assert.Equal("""{"model":"gpt-4o","temperature":0.5,"messages":[{"role":"user","content":"x"}]}""", repaired.Request);
        Assert.Equal(["(1,19): temprature: temprature becomes temperature", "(1,32): temperature: \"0.5\" becomes 0.5"], repaired.Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void What_is_added_and_what_is_left_out_is_said_so()
    {
        RepairedRequest repaired = Repaired.Run("""{"model":"gpt-4o","top_logprobs":2,"tools":null,"messages":[{"role":"user","content":"x"}]}""");
        Assert.Equal("""{"model":"gpt-4o","top_logprobs":2,"messages":[{"role":"user","content":"x"}],"logprobs":true}""", repaired.Request);
        Assert.Equal(["(1,1): logprobs: true is added", "(1,44): tools: null is left out"], repaired.Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void A_byte_order_mark_is_left_out_and_moves_no_position()
    {
        RepairedRequest repaired = Repaired.Run("\uFEFF" + Valid.Replace("user", "usr", StringComparison.Ordinal));
        Assert.Equal(Valid, repaired.Request);
        Assert.Equal(["(1,1): the byte order mark taken out.", "(1,39): messages[0].role: \"usr\" becomes \"user\""], repaired.Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void Another_model_and_a_shorter_answer_are_a_person_s_choice()
    {
        string text = $$"""{"model":"gpt-4-trbo","max_tokens":9000,"messages":[{"role":"user","content":"x"}]}""";
        Assert.Empty(Repaired.Run(text).Changes);
        RepairedRequest model = Repaired.Run(text, new RepairOptions { Includes = finding => finding.Code == "model_not_supported" });
        Assert.Equal("gpt-4-turbo", model.Model);
    }

    [Fact]
    public void A_safe_fix_that_is_excluded_is_left()
    {
        RepairedRequest repaired = Repaired.Run(
            Valid.Replace("user", "usr", StringComparison.Ordinal), new RepairOptions { Excludes = finding => finding.Param == "messages[0].role" });
        Assert.Empty(repaired.Changes);
        Assert.Equal("messages[0].role", Assert.Single(repaired.Findings).Param);
    }

    [Fact]
    public void Mended_syntax_comes_first_and_moves_no_position()
    {
        string text = Valid.Replace("user", "usr", StringComparison.Ordinal).Replace("]}", ",],}", StringComparison.Ordinal).Replace("{\"role\"", "// x\n{\"role\"", StringComparison.Ordinal);
        RepairedRequest repaired = Repaired.Run(text);
        Assert.Equal(Valid, repaired.Request.Replace("\n", string.Empty, StringComparison.Ordinal));
        Assert.Equal(("\"usr\"", "\"user\""), (repaired.Changes[1].Before, repaired.Changes[1].After));
        Assert.Equal([",", ","], repaired.Changes.Skip(2).Select(change => change.Before));
        Assert.Equal([(1, 31), (2, 9), (2, 33), (2, 35)], repaired.Changes.Select(change => (change.Line, change.Column)));
        Assert.Equal("(2,33): the comma before ']' taken out.", repaired.Changes[2].ToString());
    }

    [Fact]
    public void A_text_in_UTF_16_becomes_UTF_8_and_keeps_its_positions()
    {
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Valid.Replace("user", "usr", StringComparison.Ordinal).Replace("]}", ",]}", StringComparison.Ordinal))];
        RepairedRequest repaired = RequestRepair.Repair(utf16, RepairOptions.Default, CancellationToken.None);
        Assert.Equal(Valid, repaired.Request);
        Assert.Equal([(1, 1), (1, 39), (1, 63)], repaired.Changes.Select(change => (change.Line, change.Column)));
    }

    [Fact]
    public void A_mend_that_may_mean_something_else_is_made_where_it_is_asked_for()
    {
        string text = Valid.Replace("Hello", "Hel\\ud83dlo", StringComparison.Ordinal);
        Assert.Empty(Repaired.Run(text).Changes);
        RepairedRequest repaired = Repaired.Run(text, new RepairOptions { Includes = finding => finding.Param == "messages[0].content" });
        Assert.Equal(Valid.Replace("Hello", "Hel\\ufffdlo", StringComparison.Ordinal), repaired.Request);
        Assert.True(repaired.IsValid);
    }

    [Fact]
    public void What_is_no_JSON_and_cannot_be_mended_keeps_its_bytes()
    {
        RepairedRequest repaired = Repaired.Run("{\"model\":");
        Assert.Equal("{\"model\":", repaired.Request);
        Assert.False(repaired.IsValid);
        Assert.Single(repaired.Findings);
    }

    [Fact]
    public void An_object_s_changes_have_no_position()
    {
        RepairedRequest repaired = Repaired.Run(
            Valid.Replace("user", "usr", StringComparison.Ordinal), new RepairOptions { Check = new RequestCheckOptions { HasPositions = false } });
        Assert.Null(repaired.Changes.Single().Line);
        Assert.Equal("messages[0].role: \"usr\" becomes \"user\"", repaired.Changes.Single().ToString());
    }

    [Fact]
    public void A_thousand_faults_are_mended_in_few_rounds()
    {
        string messages = string.Join(",", Enumerable.Range(0, 3_000).Select(_ => """{"role":"usr","content":"x"}"""));
        RepairedRequest repaired = Repaired.Run($$"""{"model":"gpt-4o","messages":[{{messages}}]}""");
        Assert.True(repaired.IsValid);
        Assert.Equal(3_000, repaired.Changes.Length);
    }

    [Fact]
    public void What_is_shown_of_a_long_value_is_cut()
    {
        RepairedRequest repaired = Repaired.Run("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"usr\",\"content\":\"x\",\"cntent\":null}],\"metadata\":{\"k\":" + new string('1', 5_000) + "}}", new RepairOptions { Includes = _ => true });
        Assert.All(repaired.Changes, change => Assert.InRange(change.Before?.Length ?? 0, 0, 100));
    }
}
