using System.Text;
using System.Text.Json;
using ApiTools.Validation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Validation;

public sealed class JsonSyntaxTests
{
    [Theory]
    [InlineData("", 1, 1, "The request is empty.")]
    [InlineData("  \n ", 2, 2, "The request is empty.")]
    [InlineData("{\"a\":1,}", 1, 8, "JSON has no comma before a '}': take it out.")]
    [InlineData("[1,]", 1, 4, "JSON has no comma before a ']': take it out.")]
    [InlineData("{\n  // hello\n}", 2, 3, "JSON has no comments: take it out.")]
    [InlineData("{\"a\":1 /* x */}", 1, 8, "JSON has no comments: take it out.")]
    [InlineData("{'a':1}", 1, 2, "Strings stand in double quotes in JSON, not in single ones.")]
    [InlineData("{a:1}", 1, 2, "Names stand in double quotes in JSON: \"a\".")]
    [InlineData("{\"a\":True}", 1, 6, "True is no JSON; true is.")]
    [InlineData("{\"a\":None}", 1, 6, "None is no JSON; null is.")]
    [InlineData("{\"a\":nul}", 1, 6, "nul is no JSON value; a string stands in double quotes: \"nul\".")]
    [InlineData("{\"a\":NaN}", 1, 6, "NaN is no JSON number.")]
    [InlineData("{\"a\":hello}", 1, 6, "hello is no JSON value; a string stands in double quotes: \"hello\".")]
    [InlineData("{\"a\":1 \"b\":2}", 1, 8, "A ',' is missing before this string, or a '}'.")]
    [InlineData("{\"a\":[1 2]}", 1, 9, "A ',' is missing before '2', or a ']'.")]
    [InlineData("{\"a\" 1}", 1, 6, "A ':' is missing after the name \"a\".")]
    [InlineData("{\"a\":}", 1, 6, "A value is missing before '}'.")]
    [InlineData("{\"a\":[1}", 1, 8, "'}' does not close the array that begins at line 1, column 6; ']' would.")]
    [InlineData("}", 1, 1, "'}' closes nothing.")]
    [InlineData("{\"a\":\"x", 1, 6, "The string that begins here is not closed.")]
    [InlineData("{\"a\":\"x\ny\"}", 1, 8, "A line end stands inside a string; JSON writes it as \\n. Or is the string's closing quote missing?")]
    [InlineData("{\"a\":\"x\ty\"}", 1, 8, "A tab stands inside a string; JSON writes it as \\t. Or is the string's closing quote missing?")]
    [InlineData("{\"a\":\"C:\\dir\"}", 1, 9, "\\d is no escape of JSON's; a backslash itself is written \\\\.")]
    [InlineData("{\"a\":\"\\u12g4\"}", 1, 7, "\\u is no escape of JSON's; four hexadecimal digits have to follow it.")]
    [InlineData("{\"a\":01}", 1, 7, "A number has no leading zero in JSON.")]
    [InlineData("{\"a\":.5}", 1, 6, "A digit is missing before the '.': 0.5, not .5.")]
    [InlineData("{\"a\":+1}", 1, 6, "A number has no '+' before it in JSON.")]
    [InlineData("{\"a\":[{\"b\":1", 1, 13, "The text ends before the JSON does: the object that begins at line 1, column 7 is still open, and 2 more around it. Was it cut off?")]
    [InlineData("{\"a\":1,", 1, 8, "The text ends before the JSON does: the object that begins at line 1, column 1 is still open. Was it cut off?")]
    [InlineData("{\"a\":1}\n{\"a\":2}", 2, 1, "The JSON is complete before this; nothing may follow it. Is it two requests? A file of several ends in .jsonl, and has one a line.")]
    [InlineData("{\u201ca\u201d:1}", 1, 2, "Here stands the quotation mark “ (U+201C), as word processors set it; JSON's is the plain \".")]
    [InlineData("{\"a\":\u00a01}", 1, 6, "Here stands the character U+00A0, which is a blank that JSON does not have.")]
    [InlineData("{\r\n\"é😀\": x}", 2, 8, "x is no JSON value; a string stands in double quotes: \"x\".")]
    public void The_first_fault_is_told_with_its_place_and_in_words(string json, int line, int column, string message)
    {
        Finding finding = Check.Only(json);
        Assert.Equal((line, column, message), (finding.Line, finding.Column, finding.Message));
        Assert.Equal("invalid_value", finding.Code);
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Null(finding.Param);
        Assert.Equal("Check parameter format and range", finding.Solution);
    }

    [Fact]
    public void A_line_end_of_any_system_counts_one_line()
    {
        Assert.Equal((4, 1), Place("{\n\n\n!"));
        Assert.Equal((4, 1), Place("{\r\n\r\n\r\n!"));
        Assert.Equal((4, 1), Place("{\r\r\r!"));

        static (int?, int?) Place(string json) => (Check.Only(json).Line, Check.Only(json).Column);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x7b, 0x00 }, "The text is in UTF-16, as Windows PowerShell's > writes it; JSON has to be UTF-8. Save it with Set-Content -Encoding utf8.")]
    [InlineData(new byte[] { 0x7b, 0x22, 0xe9, 0x22 }, "The byte 0xe9, at offset 2, is not UTF-8, which JSON has to be. Save the text as UTF-8.")]
    [InlineData(new byte[] { 0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22 }, "The byte 0xed, at offset 2, is not UTF-8, which JSON has to be. Save the text as UTF-8.")]
    public void Bytes_that_are_no_utf8_are_told(byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Single(Check.Run(bytes).Findings).Message);

    [Fact]
    public void A_byte_order_mark_is_a_warning_and_moves_no_column()
    {
        RequestReport report = Check.Run([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Check.Request("\"temperature\":3"))]);
        Assert.Equal([FindingSeverity.Warning, FindingSeverity.Error], report.Findings.Select(finding => finding.Severity));
        Assert.Equal(80, report.Findings[1].Column);
    }

    [Fact]
    public void Nesting_of_any_depth_is_one_finding()
    {
        foreach (string text in new[] { new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) })
        {
            Finding finding = Check.Only(text);
            Assert.Equal("Objects and arrays are nested deeper than 64 levels.", finding.Message);
        }
    }

    [Fact]
    public void A_name_given_twice_is_a_warning_at_the_second_at_any_depth()
    {
        Finding finding = Check.Only(Check.Request("\"metadata\":{\"a b\":\"1\",\n\"a b\":\"2\"}"));
        Assert.Equal((FindingSeverity.Warning, "metadata['a b']", 2, 1), (finding.Severity, finding.Param, finding.Line, finding.Column));
        finding = Check.Only(Check.Request("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"x\":[{\"y\":1,\"\\u0079\":2}]}}}]"));
        Assert.Equal("tools[0].function.parameters.x[0].y", finding.Param);
    }

    [Fact]
    public void What_is_found_while_the_text_is_read_has_its_place_among_any_siblings()
    {
        string text = """{"a":[0,{"b":[1,[],"\ud800"]},{"c":1,"c":[2,3,{"d":"\ud800","d":["\ud800",4,"\udc00"]}]}],"e":["\ud800"],"\ud800":1}""";
        FindingList findings = new();
        Assert.True(JsonSyntax.Check(Encoding.UTF8.GetBytes(text), findings));
        Assert.Equal(
            ["a[1].b[2]", "a[2].c", "a[2].c[2].d", "a[2].c[2].d", "a[2].c[2].d[0]", "a[2].c[2].d[2]", "e[0]", null],
            findings.InOrder(Encoding.UTF8.GetBytes(text), 1).Select(finding => finding.Param));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_error_and_a_whole_one_is_none()
    {
        Finding finding = Check.Only("""{"model":"gpt-4o","messages":[{"role":"user","content":"a\ud83d!"}]}""");
        Assert.Equal(("messages[0].content", 58), (finding.Param, finding.Column));
        Assert.Contains("\\ud83d", finding.Message, StringComparison.Ordinal);
        Assert.Empty(Check.Run("""{"model":"gpt-4o","messages":[{"role":"user","content":"a\ud83d\ude00!"}]}""").Findings);
    }

    [MutationProperty]
    public Property The_verdict_is_that_of_a_strict_reader_on_any_mutated_json() =>
        Prop.ForAll(Mutated().ToArbitrary(), json =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            FindingList findings = new();
            bool verdict = JsonSyntax.Check(bytes, findings);
            Assert.Equal(IsStrictJson(bytes), verdict);
            Finding[] told = [.. findings.InOrder(bytes, firstLine: 1)];
            Assert.Equal(verdict, told.All(finding => finding.Severity == FindingSeverity.Warning || finding.Message.Contains("surrogate", StringComparison.Ordinal)));
            Assert.All(told, finding => Assert.True(finding.Line >= 1 && finding.Column >= 1 && finding.Message.Length is > 0 and < 1000));
            Check.Run(bytes);
        });

    [Property(MaxTest = 500)]
    public Property Any_bytes_are_told_about_and_never_thrown_at(byte[] bytes) => Prop.ToProperty(Check.Run(bytes).Findings.Length > 0);

    private static bool IsStrictJson(byte[] bytes)
    {
        try
        {
            Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A right request with some characters taken out, put in, doubled or cut off.
    private static Gen<string> Mutated()
    {
        const string Seed =
            "{\"model\":\"gpt-4o\",\n\"temperature\":0.5e0,\"stop\":[\"a\",\"\\u00e9\\n\"],\"stream\":true,\"user\":null,\"messages\":[{\"role\":\"user\",\"content\":\"é😀\"}]}";
        Gen<string> piece = Gen.Elements(
            "", "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "0", "-", "+", ".", "e", "t", "n", "'", "/", "#", " ", "\n", "\r", "\t", "é", "\u201c", "true", "None", "\0", "01", "1.");
        Gen<(int At, int Drop, string Put)> edit =
            from at in Gen.Choose(0, Seed.Length)
            from drop in Gen.Choose(0, 3)
            from put in piece
            select (at, drop, put);
        return
            from edits in edit.ListOf(3)
            from cut in Gen.Choose(0, Seed.Length * 3)
            select Apply(Seed, edits, cut);
    }

    private static string Apply(string json, IEnumerable<(int At, int Drop, string Put)> edits, int cut)
    {
        foreach ((int at, int drop, string put) in edits)
        {
            int start = Math.Min(at, json.Length);
            json = json.Remove(start, Math.Min(drop, json.Length - start)).Insert(start, put);
        }
        return cut < json.Length ? json.Substring(0, cut) : json;
    }
}
