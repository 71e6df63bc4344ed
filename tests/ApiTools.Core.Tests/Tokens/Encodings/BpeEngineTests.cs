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
