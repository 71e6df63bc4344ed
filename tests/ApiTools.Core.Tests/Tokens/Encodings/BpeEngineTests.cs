using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens.Encodings;

public sealed class BpeEngineTests
{
    public static TheoryData<string> Names => ["cl100k_base", "o200k_base"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_token_alone_is_itself(string name)
    {
        Vocabulary vocabulary = Tables.Tokens(name);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            Assert.Equal([id], Encode(name, vocabulary.Bytes(id)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_or_more_tokens_behind_each_other_are_merged_as_the_plain_twin_merges_them(string name)
    {
        Random random = new(7);
        Vocabulary vocabulary = Tables.Tokens(name);
        for (int i = 0; i < Tables.Texts; i++)
        {
            // Frequent tokens are short, and the short have the most neighbours.
            int most = random.Next(2) == 0 ? vocabulary.Count : 5_000;
            byte[] text = [.. Enumerable.Range(0, random.Next(2, 8)).SelectMany(_ => vocabulary.Bytes(random.Next(most)).ToArray())];
            AssertSame(name, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Few_letters_in_each_order_are_merged_as_the_plain_twin_merges_them(string name)
    {
        Random random = new(8);
        string[] alphabets = ["ab", " \t", "the ", "aAbB", "0123456789", "-=_*", "的一是不了", "\0\u007fé", "ىيك", "🙂👍🏽\u200d", "ing ed er st"];
        for (int i = 0; i < Tables.Texts; i++)
        {
            byte[] alphabet = Encoding.UTF8.GetBytes(alphabets[random.Next(alphabets.Length)]);
            AssertSame(name, [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_bytes_are_merged_as_the_plain_twin_merges_them(string name)
    {
        Random random = new(9);
        for (int i = 0; i < Tables.Texts; i++)
        {
            byte[] text = new byte[random.Next(1, 40)];
            random.NextBytes(text);
            AssertSame(name, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Long_runs_are_merged_as_the_plain_twin_merges_them(string name)
    {
        foreach (string unit in new[] { "a", " ", "ab", "=", "🙂", "的", "the", "\n", "ACGT", "0" })
        {
            foreach (int times in new[] { 63, 64, 127, 128, 129, 255, 256, 257, 300 })
            {
                AssertSame(name, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, times))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Long_pre_tokens_are_merged_as_the_plain_twin_merges_them(string name)
    {
        Random random = new(10);
        string[] alphabets = ["ab", "abcdefghijklmnopqrstuvwxyz", "etaoin shrdlu", "=-", " ", "ACGT", "的一是不了人我在有他这为之大来以个中上们", "がのをにへとはでも", "가나다라마바사", "абвгд", "กขคงจฉชซ", "🙂👍", "xyz", "é̀ё"];
        for (int i = 0; i < Tables.Texts / 10; i++)
        {
            string alphabet = alphabets[random.Next(alphabets.Length)];
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(60, 300)).Select(_ => alphabet[random.Next(alphabet.Length)])));
            AssertSame(name, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Long_rows_of_tokens_are_merged_as_the_plain_twin_merges_them(string name)
    {
        Random random = new(11);
        Vocabulary vocabulary = Tables.Tokens(name);
        for (int i = 0; i < Tables.Texts / 20; i++)
        {
            int most = random.Next(2) == 0 ? vocabulary.Count : 2_000;
            AssertSame(name, [.. Enumerable.Range(0, random.Next(20, 80)).SelectMany(_ => vocabulary.Bytes(random.Next(most)).ToArray())]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Going_back_where_no_token_stays_ends_at_what_the_plain_twin_makes(string name)
    {
        Random random = new(12);
        TokenIndex index = new(Tables.Tokens(name));
        string[] alphabets = ["ab", "abcdefghijklmnopqrstuvwxyz", "=", "=-", " ", "ACGT", "的一是不了人我在有他这为", "กขคงจฉชซ", "🙂👍", "xyz"];
        for (int i = 0; i < Tables.Texts / 10; i++)
        {
            string alphabet = alphabets[random.Next(alphabets.Length)];
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(2, 200)).Select(_ => alphabet[random.Next(alphabet.Length)])));
            int[] ids = new int[text.Length];
            byte[] readable = [.. text, .. new byte[TokenKey.Window]];
            int count = new Backtracker(index, readable.AsSpan(0, text.Length), ids, new ulong[Backtracker.Marks(text.Length)]).EncodeStepByStep();

            Assert.Equal(Tables.Plain(name).Encode(text), ids[..count]);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("=")]
    [InlineData("ab")]
    [InlineData("🙂")]
    [InlineData("的一")]
    [InlineData("ACGTTGCA")]
    [InlineData("\0")]
    public void A_pre_token_takes_time_in_proportion_to_its_length(string unit)
    {
        BpeEngine engine = Tables.Engine("o200k_base");
        Growth.AssertLinear(
            length => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, length / unit.Length))),
            text => engine.CountPreToken(text),
            20_000);
    }

    [Fact]
    public void No_bytes_are_no_tokens()
    {
        Assert.Equal(0, Tables.Engine("o200k_base").CountPreToken([]));
        Assert.Empty(Encode("o200k_base", []));
    }

    private static void AssertSame(string name, byte[] text)
    {
        List<int> plain = Tables.Plain(name).Encode(text);

        Assert.Equal(plain, Encode(name, text));
        Assert.Equal(plain.Count, Tables.Engine(name).CountPreToken(text));
    }

    // The bytes end where the array ends: what the engine reads behind them has to be its own.
    private static int[] Encode(string name, ReadOnlySpan<byte> text)
    {
        int[] ids = new int[text.Length];
        int count = Tables.Engine(name).EncodePreToken(text.ToArray(), ids);
        return ids[..count];
    }
}
