using System.Text;
using ApiTools.Repair;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

/// <summary>What may stand around a request: a line of the Batch API, and the head of a saved HTTP request.</summary>
public sealed class FrameTests
{
    private const string Body = """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}""";
    private const string Head = "POST /v1/chat/completions HTTP/1.1\r\nHost: api.example.com\r\nContent-Type: application/json\r\n";

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/chat/completions")]
    public void The_body_of_a_line_of_a_batch_is_the_request(string url)
    {
        RequestReport report = Check.Run(Line(Body, url: url));
        Assert.Empty(report.Findings);
        Assert.Equal("gpt-4o", report.Model);
        Assert.Equal(1, report.Tokens);
        Assert.Equal(Body, Encoding.UTF8.GetString(report.BodyOf(Encoding.UTF8.GetBytes(Line(Body, url: url))).ToArray()));
    }

    [Fact]
    public void Each_line_of_a_file_is_told_by_its_own_number_whatever_the_options_say()
    {
        RequestCheckOptions options = new() { BatchIds = new BatchIds(), FirstLine = 99 };
        RequestLine first = new(3, Encoding.UTF8.GetBytes(Line(Body)));
        RequestLine again = new(8, Encoding.UTF8.GetBytes(Line(Body)));
        Assert.Empty(RequestValidator.Validate(first, options).Findings);
        Assert.True(RequestValidator.IsValid(first, options));
        Finding finding = Assert.Single(RequestValidator.Validate(again, options).Findings);
        Assert.Equal((8, "custom_id"), (finding.Line, finding.Param));
        Assert.Contains("as in line 3 already", finding.Message, StringComparison.Ordinal);
        Assert.False(RequestValidator.IsValid(again, options));
    }

    [Fact]
    public void What_is_wrong_with_the_body_is_named_as_in_the_body_and_stands_where_it_stands_in_the_line()
    {
        string line = Line("""{"model":"gpt-4o","temperature":3,"temperature":1,"messages":[{"role":"user","content":"\ud83d"}]}""");
        RequestReport report = Check.Run(line, new RequestCheckOptions { FirstLine = 7 });
        Assert.Equal(["temperature", "temperature", "messages[0].content"], report.Findings.Select(finding => finding.Param));
        Assert.StartsWith("temperature is given twice.", report.Findings[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("messages[0].content has half a surrogate pair", report.Findings[2].Message, StringComparison.Ordinal);
        Assert.Equal((7, line.IndexOf("3,\"temp", StringComparison.Ordinal) + 1), (report.Findings[0].Line, report.Findings[0].Column));
        Assert.Contains("\"temperature\":3,", report.Findings[0].Excerpt!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"POST","url":"/v1/chat/completions","body":BODY}""", "missing_required_field", "custom_id", "custom_id is missing: it tells the answers of a batch apart.", """[{"op":"add","path":"/custom_id","value":"request-1"}]""", false)]
    [InlineData("""{"custom_id":7,"method":"POST","url":"/v1/chat/completions","body":BODY}""", "invalid_value", "custom_id", "custom_id is the number 7; it has to be a string.", """[{"op":"replace","path":"/custom_id","value":"7"}]""", true)]
    [InlineData("""{"custom_id":"","method":"POST","url":"/v1/chat/completions","body":BODY}""", "invalid_value", "custom_id", "custom_id is empty; it has to tell the answers of a batch apart.", null, false)]
    [InlineData("""{"custom_id":"a","url":"/v1/chat/completions","body":BODY}""", "missing_required_field", "method", "method is missing: it has to be \"POST\".", """[{"op":"add","path":"/method","value":"POST"}]""", true)]
    [InlineData("""{"custom_id":"a","method":"post","url":"/v1/chat/completions","body":BODY}""", "invalid_value", "method", "method is \"post\"; it has to be \"POST\".", """[{"op":"replace","path":"/method","value":"POST"}]""", true)]
    [InlineData("""{"custom_id":"a","method":"POST","body":BODY}""", "missing_required_field", "url", "url is missing: a chat's is \"/v1/chat/completions\".", """[{"op":"add","path":"/url","value":"/v1/chat/completions"}]""", false)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"https://api.openai.com/v1/chat/completions","body":BODY}""", "invalid_value", "url", "url is \"https://api.openai.com/v1/chat/complet…; a chat's is \"/v1/chat/completions\".", """[{"op":"replace","path":"/url","value":"/v1/chat/completions"}]""", true)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"input":"x"}}""", "invalid_value", "url", "url is \"/v1/embeddings\"; a chat's is \"/v1/chat/completions\".", null, false)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions"}""", "missing_required_field", "body", "body is missing: it is the request.", null, false)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions/","body":BODY}""", "invalid_value", "url", "url is \"/v1/chat/completions/\"; a chat's is \"/v1/chat/completions\".", """[{"op":"replace","path":"/url","value":"/v1/chat/completions"}]""", true)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completion","body":BODY}""", "invalid_value", "url", "url is \"/v1/chat/completion\"; a chat's is \"/v1/chat/completions\".", """[{"op":"replace","path":"/url","value":"/v1/chat/completions"}]""", false)]
    [InlineData("""{"custom_id":"a","method":"POST","url":7,"body":BODY}""", "invalid_value", "url", "url is the number 7; a chat's is \"/v1/chat/completions\".", null, false)]
    [InlineData("""{"custom_id":"a","method":null,"url":"/v1/chat/completions","body":BODY}""", "invalid_value", "method", "method is null; it has to be \"POST\".", """[{"op":"replace","path":"/method","value":"POST"}]""", true)]
    [InlineData("""{"custom_id":["a"],"method":"POST","url":"/v1/chat/completions","body":BODY}""", "invalid_value", "custom_id", "custom_id is an array; it has to be a string.", null, false)]
    public void What_is_wrong_around_the_body_is_a_finding(string line, string code, string param, string message, string? fix, bool isSafe)
    {
        Finding finding = Check.Only(line.Replace("BODY", Body, StringComparison.Ordinal));
        Assert.Equal((FindingSeverity.Error, code, param, message, fix, isSafe), (finding.Severity, finding.Code, finding.Param, finding.Message, finding.Fix, finding.IsFixSafe));
    }

    [Fact]
    public void An_id_that_an_earlier_line_has_is_an_error()
    {
        BatchIds ids = new();
        Assert.Empty(Check.Run(Line(Body), new RequestCheckOptions { BatchIds = ids, FirstLine = 3 }).Findings);
        Assert.Empty(Check.Run(Line(Body, id: "b"), new RequestCheckOptions { BatchIds = ids, FirstLine = 4 }).Findings);
        Assert.Empty(Check.Run(Line(Body), new RequestCheckOptions { BatchIds = ids, FirstLine = 3 }).Findings);
        Finding finding = Check.Only(Line(Body), new RequestCheckOptions { BatchIds = ids, FirstLine = 5 });
        Assert.Equal(("custom_id", "custom_id is \"a\", as in line 3 already; it has to tell the answers of a batch apart."), (finding.Param, finding.Message));
    }

    [Fact]
    public void More_lines_than_a_batch_takes_are_one_warning()
    {
        BatchIds ids = new();
        RequestReport[] reports = [.. Enumerable.Range(1, BatchIds.Maximum + 3).Select(line => Check.Run(Line(Body, id: $"{line}"), new RequestCheckOptions { BatchIds = ids, FirstLine = line }))];
        Assert.All(reports.Where((_, index) => index != BatchIds.Maximum), report => Assert.Empty(report.Findings));
        Assert.Equal("The Batch API takes at most 50,000 requests in a file, and this is one more.", Assert.Single(reports[BatchIds.Maximum].Findings).Message);
    }

    [Theory]
    [InlineData("""{"body":{},"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"custom_id":"a","messages":[{"role":"user","content":"x"}],"model":"gpt-4o"}""")]
    public void A_request_with_a_strange_member_stays_a_request(string json) =>
        Assert.Contains("is not a documented parameter", Check.Only(json).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Head + "\r\n")]
    [InlineData("POST https://api.example.com/v1/chat/completions?api-version=1 HTTP/2\ncontent-length: 65\n\n")]
    [InlineData("POST /openai/deployments/x/chat/completions\n\n")]
    public void The_body_of_a_saved_request_is_checked(string head)
    {
        Assert.Empty(Check.Run(head + Body).Findings);
        Assert.Equal(Body, Encoding.UTF8.GetString(Check.Run(head + Body).BodyOf(Encoding.UTF8.GetBytes(head + Body)).ToArray()));
        Assert.True(Check.Run("\ufeff" + head + Body).IsValid);
    }

    [Fact]
    public void Places_in_a_saved_request_are_those_of_the_file()
    {
        RequestReport report = Check.Run(Head + "\r\n{\n \"model\":\"gpt-4o\",\"temperature\":3,\n\"messages\":[}");
        Finding fault = Assert.Single(report.Findings);
        Assert.Equal((7, 13), (fault.Line, fault.Column));
        Assert.Equal("'}' does not close the array that begins at line 7, column 12; ']' would.", fault.Message);
        Finding temperature = Check.Only(Head + "\r\n{\n \"model\":\"gpt-4o\",\"temperature\":3,\n\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        Assert.Equal((6, 33), (temperature.Line, temperature.Column));
        Assert.StartsWith(" \"model\":\"gpt-4o\",", temperature.Excerpt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/chat/completions HTTP/1.1\n\n" + Body, "invalid_value", "method", 1, "The method is GET; a chat is asked with POST.")]
    [InlineData("POST /v1/embeddings HTTP/1.1\n\n" + Body, "invalid_value", "url", 1, "The request goes to /v1/embeddings; a chat's path ends in /chat/completions.")]
    [InlineData(Head, "missing_required_field", null, 4, "The saved request has no body: it stands after the headers and a blank line.")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd", "invalid_value", null, 4, "The body cannot be read as it was sent (Transfer-Encoding: chunked): save it as it was before.")]
    [InlineData(Head + "Content-Encoding: gzip\r\n\r\n123", "invalid_value", null, 4, "The body cannot be read as it was sent (Content-Encoding: gzip): save it as it was before.")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\nContent-Type: text/plain\n\n" + Body, "invalid_value", null, 2, "Content-Type is text/plain; a chat is asked in application/json.")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\nContent-Length: 70\n\n" + Body, "invalid_value", null, 2, "Content-Length is 70; the body is 65 bytes.")]
    public void What_is_wrong_with_the_head_is_a_finding(string text, string code, string? param, int line, string message)
    {
        Finding finding = Check.Only(text);
        Assert.Equal((code, param, line, message), (finding.Code, finding.Param, finding.Line, finding.Message));
    }

    [Theory]
    [InlineData("POSTER /x")]
    [InlineData("POST")]
    [InlineData("POST it to me")]
    [InlineData("None")]
    public void Other_text_is_no_saved_request(string text) => Assert.Contains("no JSON", Check.Only(text).Message, StringComparison.Ordinal);

    [Fact]
    public void A_line_of_a_batch_is_repaired_in_its_form()
    {
        const string Text = """{"custom_id" : 7, "method":"post", "url":"/v1/chat/completions","body": {"model":"gpt-4o", "temperature":"0.5","messages":[{"role":"usr","content":"x"},]} }""";
        RepairedRequest repaired = Repair(Text);
        Assert.Equal(
            """{"custom_id" : "7", "method":"POST", "url":"/v1/chat/completions","body": {"model":"gpt-4o", "temperature":0.5,"messages":[{"role":"user","content":"x"}]} }""",
            repaired.Request);
        Assert.True(repaired.IsValid);
        Assert.Equal("""{"model":"gpt-4o", "temperature":0.5,"messages":[{"role":"user","content":"x"}]}""", Encoding.UTF8.GetString(repaired.Body));
        Assert.Equal(
            ["(1,16): custom_id: 7 becomes \"7\"", "(1,28): method: \"post\" becomes \"POST\"", "(1,106): temperature: \"0.5\" becomes 0.5", "(1,132): messages[0].role: \"usr\" becomes \"user\"", "(1,152): the comma before ']' taken out."],
            repaired.Changes.Select(change => change.ToString()));
        Assert.Equal(Text.IndexOf("\"0.5\"", StringComparison.Ordinal) + 1, repaired.Changes[2].Column);
        Assert.Same(repaired.Utf8Json, RequestRepair.Repair(repaired.Utf8Json, RepairOptions.Default, CancellationToken.None).Utf8Json);
    }

    [Fact]
    public void An_id_is_made_up_where_it_is_asked_for()
    {
        string text = $$"""{"method":"POST","url":"/v1/chat/completions","body":{{Body}}}""";
        Assert.Equal(text, Repair(text).Request);
        RepairOptions options = new() { Includes = finding => finding.Param == "custom_id", Check = new RequestCheckOptions { FirstLine = 12 } };
        Assert.EndsWith(",\"custom_id\":\"request-12\"}", RequestRepair.Repair(Encoding.UTF8.GetBytes(text), options, CancellationToken.None).Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    public void A_saved_request_is_repaired_in_its_form_with_the_length_that_it_says(string end)
    {
        string body = Body.Replace("\"user\"", "\"usr\"", StringComparison.Ordinal);
        string text = $"{Head}Content-Length: {body.Length}\r\nX-Last: 1\r\n\r\n{body}{end}";
        RepairedRequest repaired = Repair(text);
        Assert.Equal($"{Head}Content-Length: {Body.Length}\r\nX-Last: 1\r\n\r\n{Body}{end}", repaired.Request);
        Assert.Empty(repaired.Findings);
        Assert.Equal(["(4,17): Content-Length: 64 becomes 65.", "(7,39): messages[0].role: \"usr\" becomes \"user\""], repaired.Changes.Select(change => change.ToString()));
        Assert.Equal(Body + end, Encoding.UTF8.GetString(repaired.Body));
    }

    [Fact]
    public void A_saved_request_in_UTF_16_is_decoded_and_repaired_at_once()
    {
        string text = $"{Head}\r\n{Body.Replace("\"user\"", "\"usr\"", StringComparison.Ordinal)}";
        RepairedRequest repaired = RequestRepair.Repair([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], RepairOptions.Default, CancellationToken.None);
        Assert.Equal($"{Head}\r\n{Body}", repaired.Request);
        Assert.True(repaired.IsValid);
        Assert.Equal(["(1,1): utf-16 changed into UTF-8.", "(5,39): messages[0].role: \"usr\" becomes \"user\""], repaired.Changes.Select(change => change.ToString()));
    }

    [Fact]
    public void A_length_with_bytes_that_are_no_UTF_8_is_replaced_to_the_byte()
    {
        string text = $"{Head}Content-Length: 6\u00ff \r\n\r\n{Body.Replace("\"user\"", "\"usr\"", StringComparison.Ordinal)}";
        RepairedRequest repaired = RequestRepair.Repair(Encoding.Latin1.GetBytes(text), RepairOptions.Default, CancellationToken.None);
        Assert.Equal($"{Head}Content-Length: {Body.Length} \r\n\r\n{Body}", repaired.Request);
    }

    [Fact]
    public void A_saved_request_that_needs_nothing_keeps_its_bytes()
    {
        byte[] text = Encoding.UTF8.GetBytes(Head + "Content-Length: 9\r\n\r\n" + Body);
        Assert.Same(text, RequestRepair.Repair(text, RepairOptions.Default, CancellationToken.None).Utf8Json);
        byte[] chunked = Encoding.UTF8.GetBytes(Head + "Transfer-Encoding: chunked\r\n\r\n" + Body.Replace("\"user\"", "\"usr\"", StringComparison.Ordinal));
        Assert.Same(chunked, RequestRepair.Repair(chunked, RepairOptions.Default, CancellationToken.None).Utf8Json);
    }

    [Fact]
    public void Any_bytes_around_a_request_are_checked_and_repaired_without_an_exception()
    {
        Random random = new(11);
        byte[][] seeds = [Encoding.UTF8.GetBytes(Line(Body)), Encoding.UTF8.GetBytes(Head + "Content-Length: 64\r\n\r\n" + Body)];
        for (int i = 0; i < 4000; i++)
        {
            byte[] text = [.. seeds[i % 2]];
            for (int edit = random.Next(1, 4); edit > 0; edit--)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }
            RequestReport report = Check.Run(text);
            Assert.Equal(report.IsValid, RequestValidator.IsValid(text, RequestCheckOptions.Default));
            RepairedRequest repaired = RequestRepair.Repair(text, RepairOptions.Default, CancellationToken.None);
            RepairedRequest again = RequestRepair.Repair(repaired.Utf8Json, RepairOptions.Default, CancellationToken.None);
            Assert.True(ReferenceEquals(repaired.Utf8Json, again.Utf8Json), $"{Encoding.Latin1.GetString(text)}\n{repaired}\n{again}\n{string.Join("\n", again.Changes.AsEnumerable())}");
        }
    }

    [Theory]
    [MemberData(nameof(RuleTableTests.Rows), MemberType = typeof(RuleTableTests))]
    public void In_a_frame_each_rule_finds_what_it_finds_without_one(RuleRow row)
    {
        // A line that is no object, or that has messages itself, is no line of a batch.
        if (!row.Request.StartsWith('{'))
        {
            return;
        }
        RequestReport bare = Check.Run(row.Request);
        RequestReport line = Check.Run(Line(row.Request));
        RequestReport saved = Check.Run($"{Head}\r\n{row.Request}");
        int before = Line("{").IndexOf("{", 20, StringComparison.Ordinal);
        Assert.Equal(bare.Findings.Select(Told), line.Findings.Select(Told));
        Assert.Equal(bare.Findings.Select(Told), saved.Findings.Select(Told));
        Assert.Equal(bare.Findings.Where(finding => finding.Line == 1).Select(finding => (finding.Line, finding.Column + before)), line.Findings.Where(finding => finding.Line == 1).Select(finding => (finding.Line, finding.Column)));
        Assert.Equal(bare.Findings.Select(finding => (finding.Line + 4, finding.Column)), saved.Findings.Select(finding => (finding.Line, finding.Column)));
        Assert.Equal((bare.Model, bare.Tokens), (line.Model, line.Tokens));
        Assert.Equal((bare.Model, bare.Tokens), (saved.Model, saved.Tokens));

        RepairedRequest repaired = Repair(row.Request);
        Assert.Equal(Line(repaired.Request), Repair(Line(row.Request)).Request);
        Assert.Equal($"{Head}\r\n{repaired.Request}", Repair($"{Head}\r\n{row.Request}").Request);

        static (FindingSeverity, string, string?, string, string?) Told(Finding finding) => (finding.Severity, finding.Code, finding.Param, finding.Message, finding.Fix);
    }

    private static RepairedRequest Repair(string text) => RequestRepair.Repair(Encoding.UTF8.GetBytes(text), RepairOptions.Default, CancellationToken.None);

    private static string Line(string body, string id = "a", string url = "/v1/chat/completions") =>
        $$"""{"custom_id":"{{id}}","method":"POST","url":"{{url}}","body":{{body}}}""";
}
