using System.Text;
using ApiTools.Measuring;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Measuring;

public sealed class TokenizedTextTests
{
    [Fact]
    public void Each_token_has_its_id_its_bytes_and_its_place()
    {
        ApiToken[] tokens = [.. Tokenize("Hi 𠮷's").Tokens()];
        Assert.Equal(["Hi", " ", "\ufffd", "\ufffd", "\ufffd", "\ufffd", "'s"], tokens.Select(token => token.Text));
        Assert.Equal([12194, 220, 172, 254, 106, 115, 885], tokens.Select(token => token.Id));
        Assert.Equal([0L, 2, 3, 3, 3, 3, 5], tokens.Select(token => token.Start));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], tokens.Select(token => token.Index));
        Assert.Equal([true, true, false, false, false, false, true], tokens.Select(token => token.IsWhole));
        Assert.Equal(new byte[] { 0xf0 }, tokens[2].Bytes);
        Assert.Equal("o200k_base", tokens[0].Encoding);
        Assert.Equal("'s", tokens[6].ToString());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "Hi")]
    [InlineData(2, "Hi ")]
    [InlineData(3, "Hi ")]
    [InlineData(5, "Hi ")]
    [InlineData(6, "Hi 𠮷")]
    [InlineData(7, "Hi 𠮷's")]
    [InlineData(99, "Hi 𠮷's")]
    public void The_beginning_is_cut_between_characters(int tokens, string kept)
    {
        TokenizedText text = TokenizedText.First(TokenEncoding.Get("o200k_base"), "Hi 𠮷's"u8, tokens, false);
        Assert.Equal(kept, Text(text));
        Assert.All(text.Tokens().Take(1), token => Assert.Equal(0, token.Start));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "'s")]
    [InlineData(2, "'s")]
    [InlineData(4, "'s")]
    [InlineData(5, "𠮷's")]
    [InlineData(6, " 𠮷's")]
    [InlineData(99, "Hi 𠮷's")]
    public void The_end_is_cut_between_characters(int tokens, string kept)
    {
        TokenizedText text = TokenizedText.Last(TokenEncoding.Get("o200k_base"), "Hi 𠮷's"u8, tokens, false);
        Assert.Equal(kept, Text(text));
        Assert.All(text.Tokens().Take(1), token => Assert.Equal("Hi 𠮷's".Length - kept.Length, token.Start));
    }

    [Theory]
    [InlineData("Hi 𠮷 <b></b>\r\n\tx", "Hi│ │<F0>│<A0>│<AE>│<B7>│ <│b│></│b│>\\r\\n│\\tx")]
    [InlineData("a\u001b[31m\u202e", "a│␛│[│31│m│\\u202e")]
    public void A_person_sees_where_tokens_end_and_no_control_character_acts(string text, string shown) => Assert.Equal(shown, Tokenize(text).Show(false, 0));

    [Fact]
    public void Colours_alternate_and_lines_break_between_tokens()
    {
        Assert.Equal(
            "\u001b[48;5;24m\u001b[38;5;15mHello\u001b[0m│\u001b[48;5;236m\u001b[38;5;15m world\u001b[0m│\n\u001b[48;5;24m\u001b[38;5;15m again\u001b[0m",
            Tokenize("Hello world again").Show(true, 15));
        string[] lines = Tokenize(string.Concat(Enumerable.Repeat(" word", 300))).Show(false, 40).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 39));
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_shown() => Assert.Matches("^( word│){399,400}…$", Tokenize(string.Concat(Enumerable.Repeat(" word", 5000))).Show(false, 0));

    [Theory]
    [InlineData("h", "h")]
    [InlineData(" a ", "␣a␣")]
    [InlineData("\n", "\\n")]
    public void In_a_column_blanks_are_seen(string text, string shown) =>
        Assert.Equal(shown, string.Concat(Tokenize(text).Tokens().Select(TokenView.Column)));

    [Fact]
    public void Tokens_are_put_together_to_their_text()
    {
        TokenDecoder decoder = new(TokenEncoding.Get("o200k_base"));
        foreach (int id in Tokenize("Hi 𠮷's").Ids)
        {
            decoder.Add(id);
        }
        Assert.Equal("Hi 𠮷's", decoder.ToText(out bool isWhole));
        Assert.True(isWhole);
        decoder.Add(172);
        Assert.Equal("Hi 𠮷's\ufffd", decoder.ToText(out isWhole));
        Assert.False(isWhole);
        Assert.Equal(0xf0, decoder.ToBytes()[^1]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(300_000)]
    [InlineData(long.MaxValue)]
    public void An_id_that_the_encoding_does_not_have_is_refused(long id)
    {
        ApiException exception = Assert.ThrowsAny<ApiException>(() => new TokenDecoder(TokenEncoding.Get("o200k_base")).Add(id));
        Assert.Equal(("invalid_value", "InputObject"), (exception.Code, exception.Param));
        Assert.Equal(FormattableString.Invariant($"o200k_base has no token {id}: the tokens are of another encoding, or no tokens."), exception.Message);
    }

    private static TokenizedText Tokenize(string text, string encoding = "o200k_base") => TokenizedText.Create(TokenEncoding.Get(encoding), Encoding.UTF8.GetBytes(text), false);

    private static string Text(TokenizedText text) => Encoding.UTF8.GetString([.. text.Tokens().SelectMany(token => token.Bytes)]);
}
