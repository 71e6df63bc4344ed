using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class TextCutTests
{
    private static readonly TokenEncoding O200k = TokenEncoding.Get("o200k_base");

    [Theory]
    [InlineData("Hello, world! It is late.", 0, "")]
    [InlineData("Hello, world! It is late.", 3, "Hello, world")]
    [InlineData("Hello, world! It is late.", 100, "Hello, world! It is late.")]
    [InlineData("", 5, "")]
    public void The_beginning_ends_where_a_token_does(string text, int tokens, string expected) => Assert.Equal(expected, First(text, tokens));

    [Theory]
    [InlineData("Hello, world! It is late.", 0, "")]
    [InlineData("Hello, world! It is late.", 3, " is late.")]
    [InlineData("Hello, world! It is late.", 100, "Hello, world! It is late.")]
    public void The_end_begins_where_a_token_does(string text, int tokens, string expected) => Assert.Equal(expected, Last(text, tokens));

    [Fact]
    public void A_code_point_that_a_token_breaks_is_left_out()
    {
        // U+20BB7 is four bytes, and a token each.
        Assert.Equal(4, O200k.Count("𠮷"));
        Assert.Equal("a", First("a𠮷", 2));
        Assert.Equal("a", First("a𠮷", 4));
        Assert.Equal("a𠮷", First("a𠮷", 5));
        Assert.Equal("b", Last("𠮷b", 4));
        Assert.Equal("𠮷b", Last("𠮷b", 5));
    }

    [Fact]
    public void An_end_that_is_more_tokens_for_itself_is_cut_again()
    {
        // "S's" is a word with its contraction, and "the" the next; "'sthe" for itself is an apostrophe before the letters of one word, and three tokens.
        Assert.Equal(3, O200k.Count("'sthe"));
        Assert.Equal("the", Last(" S'sthe", 2));
        Assert.Equal(" S'sthe", Last(" S'sthe", 3));
    }

    [Fact]
    public void Whatever_the_text_both_parts_fit_and_are_whole()
    {
        Random random = new(20_250_702);
        foreach (string name in new[] { "cl100k_base", "o200k_base" })
        {
            TokenEncoding encoding = TokenEncoding.Get(name);
            for (int i = 0; i < 500; i++)
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(NastyText.Next(random));
                int tokens = random.Next(0, (int)encoding.Count(utf8) + 2);
                AssertFits(encoding, utf8.AsSpan(0, TextCut.First(encoding, utf8, tokens, allowSpecial: false)), tokens);
                AssertFits(encoding, utf8.AsSpan(TextCut.Last(encoding, utf8, tokens, allowSpecial: false)), tokens);
            }
        }
    }

    [Fact]
    public void A_special_token_is_cut_as_one_where_it_is_one()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("<|endoftext|>a");

        Assert.Equal("<|endoftext|>".Length, TextCut.First(O200k, utf8, 1, allowSpecial: true));
        Assert.Equal("<".Length, TextCut.First(O200k, utf8, 1, allowSpecial: false));
    }

    private static void AssertFits(TokenEncoding encoding, ReadOnlySpan<byte> part, int tokens)
    {
        Assert.InRange(encoding.Count(part), 0, tokens);
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(part);
    }

    private static string First(string text, int tokens)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(utf8, 0, TextCut.First(O200k, utf8, tokens, allowSpecial: false));
    }

    private static string Last(string text, int tokens)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(utf8.AsSpan(TextCut.Last(O200k, utf8, tokens, allowSpecial: false)));
    }
}
