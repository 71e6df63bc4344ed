using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens.Encodings;

public sealed class TokenCounterTests
{
    public static TheoryData<string, bool> Ways => new() { { "cl100k_base", false }, { "cl100k_base", true }, { "o200k_base", false }, { "o200k_base", true }, { "o200k_harmony", true } };

    [Fact]
    public void What_was_searched_for_special_tokens_is_not_searched_again()
    {
        TokenEncoding encoding = TokenEncoding.Get("o200k_harmony");
        Growth.AssertLinear(
            length => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<|", length / 2))),
            utf8 =>
            {
                TokenCounter counter = new(encoding, allowSpecial: true);
                for (int at = 0; at < utf8.Length; at += 64)
                {
                    counter.Add(utf8.AsSpan(at, Math.Min(64, utf8.Length - at)));
                }
                counter.Complete();
            },
            length: 8_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_text_in_two_pieces_counts_as_in_one_wherever_it_is_cut(string name, bool allowSpecial)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        TokenCounter counter = new();
        Random random = new(4);
        for (int i = 0; i < Tables.Texts / 10; i++)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(NastyText.Next(random, above: true));
            long expected = encoding.Count(utf8, allowSpecial);
            for (int cut = 0; cut <= utf8.Length; cut++)
            {
                counter.Begin(encoding, allowSpecial);
                counter.Add(utf8.AsSpan(0, cut));
                counter.Add(utf8.AsSpan(cut));

                Assert.Equal(expected, counter.Complete());
            }
        }
    }

    [Theory]
    [InlineData("cl100k_base")]
    [InlineData("o200k_base")]
    [InlineData("o200k_harmony")]
    public void A_special_token_may_be_cut_anywhere(string name)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        TokenCounter counter = new();
        foreach (string special in encoding.SpecialTokens.Keys)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes("word, " + special + "word");
            for (int cut = 0; cut <= utf8.Length; cut++)
            {
                counter.Begin(encoding, allowSpecial: true);
                counter.Add(utf8.AsSpan(0, cut));
                counter.Add(utf8.AsSpan(cut));

                Assert.Equal(encoding.Count("word, "u8) + 1 + encoding.Count("word"u8), counter.Complete());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_text_byte_by_byte_counts_as_in_one(string name, bool allowSpecial)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        Random random = new(5);
        for (int i = 0; i < Tables.Texts / 5; i++)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(NastyText.Next(random, above: true));
            TokenCounter counter = new(encoding, allowSpecial);
            for (int at = 0; at < utf8.Length; at++)
            {
                counter.Add(utf8.AsSpan(at, 1));
            }

            Assert.Equal(encoding.Count(utf8, allowSpecial), counter.Complete());
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_long_string_counts_as_its_bytes(string name, bool allowSpecial)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        Random random = new(6);
        for (int i = 0; i < 20; i++)
        {
            StringBuilder text = new();
            while (text.Length < 40_000)
            {
                text.Append(NastyText.Next(random, above: true));
            }

            Assert.Equal(encoding.Count(Encoding.UTF8.GetBytes(text.ToString()), allowSpecial), encoding.Count(text.ToString(), allowSpecial));
        }
    }

    [Theory]
    [InlineData("Words of a text, one behind the other. ")]
    [InlineData("文字が並んでいて、空白はない。")]
    [InlineData("if(x[0]==1){return;}")]
    [InlineData("aGVsbG8gd29ybGQ0")]
    [InlineData("\n")]
    [InlineData("12 34\t56\r\n")]
    public void What_is_held_stays_short_where_pre_tokens_are_short(string part)
    {
        TokenEncoding encoding = TokenEncoding.Get("o200k_base");
        TokenCounter counter = new(encoding, allowSpecial: true);
        byte[] utf8 = Encoding.UTF8.GetBytes(part);
        int most = 0;
        for (int i = 0; i < 3_000; i++)
        {
            counter.Add(utf8);
            most = Math.Max(most, counter.Held);
        }

        Assert.Equal(encoding.Count(string.Concat(Enumerable.Repeat(part, 3_000))), counter.Complete());
        Assert.InRange(most, 1, part == "\n" ? 3_000 : 3 * utf8.Length);
    }

    [Fact]
    public void A_counter_that_waits_for_its_next_text_keeps_no_room_for_a_long_one()
    {
        TokenCounter counter = new(TokenEncoding.Get("o200k_base"), allowSpecial: false);
        counter.Add(new string('a', 3_000_000).AsSpan());
        Assert.InRange(counter.Capacity, 3_000_000, int.MaxValue);
        Assert.Equal(375_000, counter.Complete());
        Assert.InRange(counter.Capacity, 0, 1_048_576);
    }

    [Fact]
    public void One_endless_pre_token_is_held_and_counted()
    {
        TokenEncoding encoding = TokenEncoding.Get("cl100k_base");
        TokenCounter counter = new(encoding, allowSpecial: false);
        byte[] piece = Encoding.UTF8.GetBytes(new string('a', 1_000));
        for (int i = 0; i < 200; i++)
        {
            counter.Add(piece);
        }

        Assert.Equal(200_000, counter.Held);
        Assert.Equal(encoding.Count(new string('a', 200_000)), counter.Complete());
    }
}
