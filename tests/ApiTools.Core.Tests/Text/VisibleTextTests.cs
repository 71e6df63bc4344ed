using ApiTools.Text;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a\r\n\t b", "a b")]
    [InlineData("  a  ", "a")]
    [InlineData("\u001b[2J\u0007\0", "␛[2J␇␀")]
    [InlineData("\u007f", "␡")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("a\u202eb\u2066", "a\\u202eb\\u2066")]
    [InlineData("\u2028", "\\u2028")]
    [InlineData("\ud83d\ude00 é", "\ud83d\ude00 é")]
    public void A_line_shows_what_a_terminal_would_execute(string? text, string expected) => Assert.Equal(expected, VisibleText.Line(text));

    [Theory]
    [InlineData(null, "")]
    [InlineData("a\nb\tc\r\nd", "a\nb\tc\r\nd")]
    [InlineData("over\rwritten", "over␍written")]
    [InlineData("\u001b]0;title\u0007\n", "␛]0;title␇\n")]
    public void A_block_keeps_its_lines_and_shows_the_rest(string? text, string expected) => Assert.Equal(expected, VisibleText.Block(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcde\u009b", 6, "abcde…")]
    [InlineData("abcd\ud83d\ude00xx", 6, "abcd…")]
    [InlineData("ab", 1, "…")]
    public void A_line_that_is_cut_says_so_and_splits_no_character(string text, int length, string expected) =>
        Assert.Equal(expected, VisibleText.Line(text, length));

    [Property(MaxTest = 1000)]
    public bool Nothing_that_drives_a_terminal_gets_through(string? text) =>
        VisibleText.Line(text, 50).All(c => !char.IsControl(c)) && VisibleText.Line(text, 50).Length <= 50
        && VisibleText.Block(text).All(c => !char.IsControl(c) || c is '\n' or '\t' or '\r');
}
