using System.Text;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("[`a`]", 2, "Strings stand in double quotes in JSON, not in backticks.")]
    [InlineData("```json\n{}", 1, "This is the fence of a Markdown code block, and no JSON: take the line out.")]
    [InlineData("[0x1F]", 3, "JSON has no hexadecimal numbers.")]
    [InlineData("[-]", 3, "After the '-', the digits of a number are missing.")]
    [InlineData("[1.]", 4, "A digit is missing after the '.'.")]
    [InlineData("[1e]", 4, "The digits of the exponent are missing.")]
    [InlineData("[1e+]", 5, "The digits of the exponent are missing.")]
    [InlineData("[1_000]", 3, "'_' is no part of a JSON number: digits, one '.' with digits on both sides, an exponent.")]
    [InlineData("[1.2.3]", 5, "'.' is no part of a JSON number: digits, one '.' with digits on both sides, an exponent.")]
    [InlineData("[-Infinity]", 2, "-Infinity is no JSON number.")]
    [InlineData("[1,,2]", 4, "Here stands a second ',' where one is enough.")]
    [InlineData("[,1]", 2, "Here stands ',' before there is anything that it would part.")]
    [InlineData("{\"a\":,}", 6, "A value is missing before ','.")]
    [InlineData("{\"a\":1;}", 7, "Here stands ';' where JSON has ','.")]
    [InlineData("{\"a\"=1}", 5, "A ':' is missing after the name \"a\".")]
    [InlineData("{\"a\":1};", 8, "The JSON is complete before this ';': take it out.")]
    [InlineData("{}}", 3, "'}' closes nothing.")]
    [InlineData("[1/*x*/]", 3, "JSON has no comments: take it out.")]
    [InlineData("[1 /* x]", 4, "JSON has no comments, and this one is not ended by */.")]
    [InlineData("[1\uff0c2]", 3, "Here stands the character U+FF0C, a wide ',', where JSON has the plain one.")]
    [InlineData("{\ufeff}", 2, "Here stands the character U+FEFF, which is a byte order mark.")]
    [InlineData("[\"a\u0001\"]", 4, "The control character U+0001 stands inside a string; JSON writes it as \\u0001. Or is the string's closing quote missing?")]
    [InlineData("{\"a\":\"say \"hi\" now\"}", 12, "A ',' is missing before 'h', or a '}'. Or does the quote before it stand inside the string? There it is written \\\".")]
    [InlineData("{\"a\":[{\"b\":2}", 14, "The text ends before the JSON does: the array that begins at line 1, column 6 is still open, and 1 more around it. Was it cut off?")]
    public void A_mistake_is_told_by_its_name(string json, int column, string message)
    {
        Finding finding = Check.Only(json);
        Assert.Equal((1, column, message), (finding.Line, finding.Column, finding.Message));
    }

    [Fact]
    public void A_bracket_that_is_missing_is_told_with_the_line_where_it_was_opened()
    {
        RequestReport report = Check.Run("{\n  \"messages\": [\n    {\"role\": \"user\"}\n}", new RequestCheckOptions { FirstLine = 10 });
        Finding finding = Assert.Single(report.Findings);
        Assert.Equal((13, 1, "'}' does not close the array that begins at line 11, column 15; ']' would."), (finding.Line, finding.Column, finding.Message));
    }

    [Fact]
    public void Of_a_fault_and_a_byte_that_is_no_utf8_the_first_is_told()
    {
        Assert.Equal("JSON has no comma before a ']': take it out.", Check.Run([.. "[1,] \""u8, 0xe9]).Findings[0].Message);
        Assert.StartsWith("The byte 0xe9", Check.Run([.. "[\""u8, 0xe9, .. "\",]"u8]).Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_and_the_place_are_those_of_slow_twins_on_generated_and_mutated_json()
    {
        Random random = new(66);
        int strict = 0;
        for (int i = 0; i < JsonMutation.Runs; i++)
        {
            byte[] text = JsonMutation.Next(random);
            JsonFault? fault = JsonSyntax.FindFault(text);
            Assert.Equal(JsonMutation.IsStrict(text), fault is null);
            Assert.Equal(Check.Run(text).IsValid, RequestValidator.IsValid(text, RequestCheckOptions.Default));
            if (fault is null)
            {
                strict++;
                continue;
            }
            AssertGoodUpTo(text, fault);
            Assert.Equal(SlowPlace(text, fault.Offset), TextPositions.Locate(text, fault.Offset, 1));
            Assert.InRange(fault.Message.Length, 1, 500);
        }
        Assert.InRange(strict, JsonMutation.Runs / 20, JsonMutation.Runs * 19 / 20);
    }

    [Fact]
    public void Hostile_texts_of_any_kind_are_one_or_a_thousand_findings_and_no_more()
    {
        string[] texts =
        [
            new('[', 1_000_000), new(' ', 1_000_000), new('7', 1_000_000), "\"" + new string('\\', 1_000_000), "{\"" + new string('n', 1_000_000) + "\":1}",
            "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 100_000)) + "\"a\":1}", "[\"" + string.Concat(Enumerable.Repeat("\\ud800", 100_000)) + "\"]",
            "{\"" + new string('n', 1_000_000) + "\":1,\"" + new string('n', 1_000_000) + "\":1}",
        ];
        foreach (string text in texts)
        {
            RequestReport report = Check.Run(text);
            Assert.InRange(report.Findings.Length, 1, (2 * FindingList.Maximum) + 1);
            Assert.All(report.Findings, finding => Assert.True(finding.Message.Length < 2000 && (finding.Param?.Length ?? 0) < 2000 && (finding.Excerpt?.Length ?? 0) < 1000));
        }
    }

    [Fact]
    public void Errors_are_found_behind_any_number_of_warnings()
    {
        string text = "{" + string.Concat(Enumerable.Repeat("\"a\":1,", 2000)) + "\"b\":\"\\ud800\"}";
        FindingList findings = new();
        Assert.True(JsonSyntax.Check(Encoding.UTF8.GetBytes(text), findings));
        Assert.Single(findings.InOrder(Encoding.UTF8.GetBytes(text), firstLine: 1), finding => finding.Severity == FindingSeverity.Error);
    }

    // A reader that is told that more will come finds nothing wrong with what is before the fault.
    private static void AssertGoodUpTo(byte[] text, JsonFault fault)
    {
        Assert.InRange(fault.Offset, 0, text.Length);
        if (JsonEncoding.Detect(text) is not null)
        {
            return;
        }
        Utf8JsonReader reader = new(text.AsSpan(0, fault.Offset), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonSyntax.MaximumDepth }));
        while (reader.Read())
        {
        }
    }

    // Character by character, over the text as a string.
    private static (int Line, int Column) SlowPlace(byte[] text, int offset)
    {
        string before = Encoding.UTF8.GetString(text, 0, offset);
        bool splitsLineEnd = before.EndsWith('\r') && offset < text.Length && text[offset] == '\n';
        string[] lines = (splitsLineEnd ? before[..^1] + "x" : before).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return (lines.Length, lines[^1].Length + 1);
    }
}
