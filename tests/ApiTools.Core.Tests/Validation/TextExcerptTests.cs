using System.Text;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class TextExcerptTests
{
    [Theory]
    [InlineData("{\n\"a\": 1,|}\n", "\"a\": 1,}\n       ^")]
    [InlineData("[1,\r\n|]\r\n", "]\n^")]
    [InlineData("[1|", "[1\n  ^")]
    [InlineData("[\"a|\nb\"]", "[\"a\n   ^")]
    [InlineData("\t\"a\"\t:|x", "\t\"a\"\t:x\n\t   \t ^")]
    [InlineData("[\"漢字😀e\u0301é\",|x]", "[\"漢字😀e\u0301é\",x]\n            ^")]
    [InlineData("[\"\u001b[31m\",|x]", "[\"\u241b[31m\",x]\n         ^")]
    [InlineData("|", "\n^")]
    public void The_pointer_stands_under_the_place(string text, string excerpt)
    {
        int at = text.IndexOf('|', StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(text.Remove(at, 1));
        Assert.Equal(excerpt, TextExcerpt.Create(bytes, Encoding.UTF8.GetByteCount(text[..at])));
    }

    [Fact]
    public void Of_a_long_line_seventy_columns_around_the_place_are_shown()
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('a', 1000) + "!" + new string('b', 1000));
        Assert.Equal($"...{new string('a', 44)}!{new string('b', 25)}...\n{new string(' ', 47)}^", TextExcerpt.Create(text, 1000));
    }

    [Fact]
    public void Any_bytes_at_any_place_are_two_bounded_lines()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] text = new byte[random.Next(0, 900)];
            random.NextBytes(text);
            string excerpt = TextExcerpt.Create(text, random.Next(text.Length + 1));
            Assert.Equal(2, excerpt.Split('\n').Length);
            Assert.EndsWith("^", excerpt, StringComparison.Ordinal);
            Assert.True(excerpt.Length < 600);
            Assert.DoesNotContain(excerpt, c => char.IsControl(c) && c is not ('\n' or '\t'));
        }
    }

    [Fact]
    public void A_finding_has_one_where_the_request_came_as_text()
    {
        Assert.Equal("{\"a\":1,}\n       ^", Check.Only("{\"a\":1,}").Excerpt);
        Assert.All(Check.Run("{\"model\":1}", new RequestCheckOptions { HasPositions = false }).Findings, finding => Assert.Null(finding.Excerpt));
    }
}
