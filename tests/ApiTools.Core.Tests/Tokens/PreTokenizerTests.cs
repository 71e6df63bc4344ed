using System.Text;
using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens;

public sealed class PreTokenizerTests
{
    private delegate int NextEnd(ReadOnlySpan<byte> utf8, int start);

    private static readonly string[] Alphabet = NastyText.Alphabet;

    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("it's I'LL 'ſo they'Re", "it|'s| I|'LL| '|ſo| they|'Re")]
    [InlineData("1234567 1𝟚34", "123|456|7| |1𝟚3|4")]
    [InlineData("𠮷's", "𠮷|'s")]
    [InlineData("😀ก", "😀ก")]
    [InlineData("a\n  ", "a|\n|  ")]
    [InlineData("  if x:\r\n\r\n    y", " | if| x|:\r\n\r\n|   | y")]
    [InlineData("!!/\n/ //\n", "!!/\n|/| //\n")]
    [InlineData("e\u0301a\u0301", "e|\u0301a|\u0301")]
    [InlineData("HTMLParser", "HTMLParser")]
    public void Cl100k_splits_as_tiktoken_does(string text, string expected) => Assert.Equal(expected, Split(Cl100kPreTokenizer.Next, text));

    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("it's I'LL 'ſo they'Re", "it's| I'LL| '|ſo| they'Re")]
    [InlineData("1234567 1𝟚34", "123|456|7| |1𝟚3|4")]
    [InlineData("𠮷'ſ", "𠮷'ſ")]
    [InlineData("😀ก", "😀ก")]
    [InlineData("  if x:\r\n\r\n    y", " | if| x|:\r\n\r\n|   | y")]
    [InlineData("!!/\n/ //\n", "!!/\n/| //\n")]
    [InlineData("e\u0301a\u0301", "e\u0301a\u0301")]
    [InlineData("HTMLParser getX中ABc中AB", "HTMLParser| get|X中ABc中|AB")]
    [InlineData("\u0301AB \u0301ABc", "\u0301|AB| \u0301ABc")]
    public void O200k_splits_as_tiktoken_does(string text, string expected) => Assert.Equal(expected, Split(O200kPreTokenizer.Next, text));

    [Fact]
    public void Each_pre_token_of_random_texts_ends_where_the_pattern_says()
    {
        Random random = new(20_250_701);
        for (int i = 0; i < 5_000; i++)
        {
            AssertAsThePatternSays(NastyText.Next(random));
        }
    }

    [Fact]
    public void Each_pair_of_what_is_in_the_alphabet_is_split_as_the_pattern_says()
    {
        foreach (string first in Alphabet)
        {
            foreach (string second in Alphabet)
            {
                AssertAsThePatternSays(first + second);
                AssertAsThePatternSays($"a {first}{second} and more of it");
            }
        }
    }

    [Fact]
    public void A_run_of_any_length_ends_where_the_pattern_says()
    {
        foreach (string unit in Alphabet)
        {
            for (int count = 1; count < 40; count++)
            {
                string run = string.Concat(Enumerable.Repeat(unit, count));
                AssertAsThePatternSays(run);
                AssertAsThePatternSays($"x{run}.");
                AssertAsThePatternSays($" {run}中");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_long_text_is_split_alike_whatever_the_room(int room)
    {
        Random random = new(room);
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        AssertEnds("the text", Ends(Cl100kPreTokenizer.Next, utf8), SplitEnds(utf8, room, o200k: false));
        AssertEnds("the text", Ends(O200kPreTokenizer.Next, utf8), SplitEnds(utf8, room, o200k: true));
    }

    [Fact]
    public void A_pre_token_at_any_place_of_a_block_ends_where_the_pattern_says()
    {
        foreach (string unit in Alphabet)
        {
            for (int before = 50; before < 67; before++)
            {
                AssertAsThePatternSays($"{new string('a', before)} {unit}b {unit}{unit}1");
            }
        }
    }

    [Fact]
    public void The_classes_have_as_many_code_points_as_Unicode_16()
    {
        // As npm's tiktoken 1.0.22 counts them, and DerivedGeneralCategory.txt and PropList.txt of Unicode 16.0.
        Dictionary<CodePointClass, int> counts = Enumerable.Range(0, 0x110000).CountBy(CodePointClasses.Of).ToDictionary();

        Assert.Equal(1_858 + 31, counts[CodePointClass.Upper | CodePointClass.Letter]);
        Assert.Equal(2_258, counts[CodePointClass.Lower | CodePointClass.Letter]);
        Assert.Equal(404 + 136_477, counts[CodePointClass.Upper | CodePointClass.Lower | CodePointClass.Letter]);
        Assert.Equal(2_501, counts[CodePointClass.Upper | CodePointClass.Lower]);
        Assert.Equal(1_911, counts[CodePointClass.Number]);
        Assert.Equal(23, counts[CodePointClass.Space]);
        Assert.Equal(2, counts[CodePointClass.Space | CodePointClass.Newline]);
    }

    private static void AssertAsThePatternSays(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int[] cl100k = RegexPreTokenizer.Cl100k.Ends(text);
        int[] o200k = RegexPreTokenizer.O200k.Ends(text);

        AssertEnds(text, cl100k, Ends(Cl100kPreTokenizer.Next, utf8));
        AssertEnds(text, o200k, Ends(O200kPreTokenizer.Next, utf8));
        AssertEnds(text, cl100k, SplitEnds(utf8, 256, o200k: false));
        AssertEnds(text, o200k, SplitEnds(utf8, 256, o200k: true));
    }

    private static void AssertEnds(string text, int[] expected, int[] actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{TokenVector.Escape(text)}: expected {string.Join(' ', expected)}, got {string.Join(' ', actual)}");

    private static int[] Ends(NextEnd next, byte[] utf8)
    {
        List<int> ends = [];
        for (int at = 0; at < utf8.Length; ends.Add(at))
        {
            int end = next(utf8, at);
            Assert.InRange(end, at + 1, utf8.Length);
            at = end;
        }
        return [.. ends];
    }

    private static int[] SplitEnds(byte[] utf8, int room, bool o200k)
    {
        List<int> ends = [];
        int[] some = new int[room];
        for (int at = 0; at < utf8.Length; at = ends[^1])
        {
            int count = PreTokenSplitter.Split(utf8, at, some, o200k);
            Assert.InRange(count, 1, room);
            ends.AddRange(some.AsSpan(0, count));
        }
        return [.. ends];
    }

    private static string Split(NextEnd next, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int start = 0;
        return string.Join('|', Ends(next, utf8).Select(end => Encoding.UTF8.GetString(utf8, start, -start + (start = end))));
    }
}
