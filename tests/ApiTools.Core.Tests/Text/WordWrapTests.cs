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
    public void Lines_break_between_words(string text, int width, string expected)
    {
        Assert.Equal(expected, WordWrap.Lines(text, width));
    }
}
