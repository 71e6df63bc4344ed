using ApiTools.Text;

namespace ApiTools.Core.Tests.Text;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("one two three", 8, "one two\nthree")]
    [InlineData("one two three", 0, "one two three")]
    [InlineData("one two three", 14, "one two three")]
    [InlineData("averylongword and", 5, "averylongword\nand")]
    [InlineData("a b\nc d e f g", 4, "a b\nc d\ne f\ng")]
    [InlineData("", 5, "")]
    // A wide character takes two columns, a combining one none, a tab those up to the next eighth.
    [InlineData("\u4f60\u597d \u4e16\u754c", 9, "\u4f60\u597d\n\u4e16\u754c")]
    [InlineData("\u4f60\u597d \u4e16\u754c", 10, "\u4f60\u597d \u4e16\u754c")]
    [InlineData("\ud83d\ude00 \ud83d\ude00 a", 6, "\ud83d\ude00 \ud83d\ude00\na")]
    [InlineData("e\u0301e\u0301 a", 5, "e\u0301e\u0301 a")]
    [InlineData("a\tb c", 10, "a\tb\nc")]
    public void Lines_break_between_words(string text, int width, string expected)
    {
        Assert.Equal(expected, WordWrap.Lines(text, width));
    }

    [Fact]
    public void Half_a_character_takes_a_column() => Assert.Equal("a \ud83d\nb", WordWrap.Lines("a \ud83d b", 5));
}
