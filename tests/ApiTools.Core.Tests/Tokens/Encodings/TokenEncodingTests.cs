using System.Buffers;
using System.Text;
using ApiTools.Tokens;
#if NET
using Microsoft.ML.Tokenizers;
#endif

namespace ApiTools.Core.Tests.Tokens.Encodings;

public sealed class TokenEncodingTests
{
    public static TheoryData<string> Names => ["cl100k_base", "o200k_base", "o200k_harmony"];

    [Theory]
    [InlineData("cl100k_base", "Hello world", new[] { 9906, 1917 })]
    [InlineData("o200k_base", "Hello world", new[] { 13225, 2375 })]
    [InlineData("o200k_harmony", "Hello world", new[] { 13225, 2375 })]
    public void A_known_text_has_its_known_ids(string name, string text, int[] ids) => Assert.Equal(ids, Encode(name, text));

#if NET
    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_below_U10000_are_what_Microsofts_tokenizer_makes_of_them(string name)
    {
        TiktokenTokenizer peer = TiktokenTokenizer.CreateForEncoding(name == "o200k_harmony" ? "o200k_base" : name, extraSpecialTokens: null, normalizer: null);
        Random random = new(1);
        for (int i = 0; i < Tables.Texts; i++)
        {
            string text = NastyText.Next(random, above: false).Replace("<|endoftext|>", "<|end|>", StringComparison.Ordinal);
            IReadOnlyList<int> expected = peer.EncodeToIds(text);

            Assert.Equal(expected, Encode(name, text));
            Assert.Equal(expected.Count, TokenEncoding.Get(name).Count(text));
        }
    }
#endif

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_text_is_what_the_patterns_and_the_plain_twin_make_of_it(string name)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        PlainBpe plain = Tables.Plain(name);
        RegexPreTokenizer pattern = name == "cl100k_base" ? RegexPreTokenizer.Cl100k : RegexPreTokenizer.O200k;
        Random random = new(2);
        for (int i = 0; i < Tables.Texts; i++)
        {
            string text = NastyText.Next(random, above: true);
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            List<int> expected = [];
            int start = 0;
            foreach (int end in pattern.Ends(text))
            {
                expected.AddRange(plain.Encode(utf8.AsSpan(start, end - start)));
                start = end;
            }

            Assert.Equal(expected, Encode(name, text));
            Assert.Equal(expected.Count, encoding.Count(utf8));
            Assert.Equal(expected.Count, encoding.Count(text));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_ids_give_back_the_text(string name)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        Random random = new(3);
        for (int i = 0; i < Tables.Texts; i++)
        {
            string text = NastyText.Next(random, above: true);

            Assert.Equal(text, Decode(encoding, Encode(name, text, allowSpecial: random.Next(2) == 0)));
        }
    }

    [Theory]
    [InlineData("cl100k_base", "<|endoftext|>", 100257)]
    [InlineData("cl100k_base", "<|fim_prefix|>", 100258)]
    [InlineData("cl100k_base", "<|fim_middle|>", 100259)]
    [InlineData("cl100k_base", "<|fim_suffix|>", 100260)]
    [InlineData("cl100k_base", "<|endofprompt|>", 100276)]
    [InlineData("o200k_base", "<|endoftext|>", 199999)]
    [InlineData("o200k_base", "<|endofprompt|>", 200018)]
    [InlineData("o200k_harmony", "<|startoftext|>", 199998)]
    [InlineData("o200k_harmony", "<|return|>", 200002)]
    [InlineData("o200k_harmony", "<|channel|>", 200005)]
    [InlineData("o200k_harmony", "<|start|>", 200006)]
    [InlineData("o200k_harmony", "<|end|>", 200007)]
    [InlineData("o200k_harmony", "<|message|>", 200008)]
    [InlineData("o200k_harmony", "<|call|>", 200012)]
    [InlineData("o200k_harmony", "<|reserved_201088|>", 201088)]
    public void A_special_token_is_one_where_that_is_allowed_and_text_where_not(string name, string special, int id)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);
        string text = "a " + special + special + "b";

        List<int> allowed = Encode(name, text, allowSpecial: true);
        List<int> asText = Encode(name, text);

        Assert.Equal(id, encoding.SpecialTokens[special]);
        Assert.Equal([.. Encode(name, "a "), id, id, .. Encode(name, "b")], allowed);
        Assert.DoesNotContain(id, asText);
        Assert.Equal(allowed.Count, encoding.Count(text, allowSpecial: true));
        Assert.Equal(allowed.Count, encoding.Count(Encoding.UTF8.GetBytes(text), allowSpecial: true));
        Assert.Equal(asText.Count, encoding.Count(text));
        Assert.Equal(text, Decode(encoding, allowed));
        Assert.Equal(text, Decode(encoding, asText));
    }

    [Theory]
    [InlineData("cl100k_base", 100_277, 5)]
    [InlineData("o200k_base", 200_019, 2)]
    [InlineData("o200k_harmony", 201_089, 1_092)]
    public void An_encoding_knows_its_name_and_size(string name, int size, int special)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);

        Assert.Equal(name, encoding.Name);
        Assert.Equal(size, encoding.VocabularySize);
        Assert.Equal(special, encoding.SpecialTokens.Count);
        Assert.Same(encoding, TokenEncoding.Get(name));
    }

    [Theory]
    [InlineData("cl100k_base", -1)]
    [InlineData("cl100k_base", 100_256)]
    [InlineData("cl100k_base", 100_277)]
    [InlineData("o200k_base", 199_998)]
    [InlineData("o200k_base", int.MaxValue)]
    public void An_id_that_is_no_tokens_has_no_bytes(string name, int id) => Assert.False(TokenEncoding.Get(name).TryGetBytes(id, out _));

    [Fact]
    public void An_unknown_name_is_told_with_the_known_ones()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TokenEncoding.Get("p50k_base"));

        Assert.Equal("name", error.ParamName);
        Assert.StartsWith("There is no encoding 'p50k_base', only o200k_base, o200k_harmony, cl100k_base.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Half_a_surrogate_pair_counts_as_UFFFD(string name)
    {
        TokenEncoding encoding = TokenEncoding.Get(name);

        Assert.Equal(encoding.Count("a\ufffdb\ufffd"), encoding.Count("a\ud83db\ude00"));
        Assert.Equal(encoding.Count(new string('\ufffd', 20_001)), encoding.Count(new string('\ud83d', 20_001)));
    }

    [Fact]
    public void No_text_is_no_tokens()
    {
        Assert.Equal(0, TokenEncoding.Get("o200k_base").Count(string.Empty));
        Assert.Equal(0, TokenEncoding.Get("o200k_base").Count(ReadOnlySpan<byte>.Empty, allowSpecial: true));
        Assert.Empty(Encode("o200k_base", string.Empty));
    }

    [DotNetFact("nothing tells what a thread allocates")]
    public void A_count_allocates_nothing()
    {
        TokenEncoding encoding = TokenEncoding.Get("o200k_base");
        string text = string.Concat(Enumerable.Repeat("Some words, 数字と漢字 and unpronounceable123 things.\n", 2_000)) + new string('x', 5_000);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        long first = Count();
        long before = GC.GetAllocatedBytesForCurrentThread();
        long second = Count();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(first, second);

        long Count() => encoding.Count(utf8) + encoding.Count(text) + encoding.Count("Hello, 世界!");
    }

    [Fact]
    public void Ids_go_to_a_buffer_as_to_a_list()
    {
        TokenEncoding encoding = TokenEncoding.Get("o200k_base");
        byte[] utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A text of some length. ", 500)) + new string('q', 4_000) + "<|endoftext|>!");
        ArrayBufferWriter<int> buffer = new();
        encoding.Encode(utf8, buffer, allowSpecial: true);
        List<int> list = [];
        encoding.Encode(utf8, list, allowSpecial: true);

        Assert.Equal(list, buffer.WrittenSpan.ToArray());
        Assert.Equal(list.Count, encoding.Count(utf8, allowSpecial: true));
    }

    [Fact]
    public async Task An_encoding_can_be_asked_for_and_used_by_many_threads()
    {
        string[] texts = [.. Enumerable.Range(0, 64).Select(i => NastyText.Next(new Random(i), above: true))];
        long[] alone = [.. texts.Select(text => TokenEncoding.Get("cl100k_base").Count(text))];
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), (i, _) =>
        {
            Assert.Equal(alone[i % 64], TokenEncoding.Get("cl100k_base").Count(texts[i % 64]));
            return ValueTask.CompletedTask;
        });
    }

    private static List<int> Encode(string name, string text, bool allowSpecial = false)
    {
        List<int> ids = [];
        TokenEncoding.Get(name).Encode(Encoding.UTF8.GetBytes(text), ids, allowSpecial);
        return ids;
    }

    private static string Decode(TokenEncoding encoding, List<int> ids)
    {
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            Assert.True(encoding.TryGetBytes(id, out ReadOnlySpan<byte> token));
            bytes.AddRange(token);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
