using System.Text;
using ApiTools.Tokens;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Tokens;

public sealed class TokenEstimatorTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 0)]
    [InlineData("abcd", 1)]
    [InlineData("abcdefg", 1)]
    [InlineData("abcdefgh", 2)]
    [InlineData("\u4e00\u9fff", 2)]
    [InlineData("\u4dff\ua000ab", 1)]
    [InlineData("你好, world", 3)]
    [InlineData("😀😀😀😀", 1)]
    [InlineData("😀😀😀", 0)]
    public void The_estimate_is_the_page_s(string text, long tokens) => Assert.Equal(tokens, TokenEstimator.Estimate(text.AsSpan()));

    // No InlineData: an attribute's text is kept as UTF-8, which has no halves.
    [Fact]
    public void Half_a_surrogate_pair_counts_as_one()
    {
        Assert.Equal(1, TokenEstimator.Estimate("\ud83d\ud83d\ud83d\ud83d".AsSpan()));
        Assert.Equal(1, TokenEstimator.Estimate("\ude00\ud83dab".AsSpan()));
        Assert.Equal(0, TokenEstimator.Estimate("\ud83d\ude00ab".AsSpan()));
    }

    [Property(MaxTest = 500)]
    public Property Any_code_points_are_counted_as_the_page_s_python_counts_them() =>
        Prop.ForAll(CodePoints(surrogates: true).ToArbitrary(), points =>
        {
            string text = Text(points);
            TokenTally tally = TokenEstimator.Tally(text.AsSpan());
            List<int> python = PythonCharacters(text);
            Assert.Equal(PythonEstimate(python), tally.Tokens);
            Assert.Equal(python.Count, tally.Characters);
            Assert.Equal(Encoding.UTF8.GetByteCount(text), tally.Bytes);
        });

    [Property(MaxTest = 200)]
    public Property Text_counts_the_same_in_utf8_and_as_a_file_of_any_encoding() =>
        Prop.ForAll(CodePoints(surrogates: false).ToArbitrary(), points =>
        {
            string text = Text(points.Where(point => point != 0));
            long expected = TokenEstimator.Estimate(text.AsSpan());
            TokenTally utf8 = default;
            utf8.AddUtf8(Encoding.UTF8.GetBytes(text));
            Assert.Equal(expected, utf8.Tokens);
            Assert.Equal(TokenEstimator.Tally(text.AsSpan()).Characters, utf8.Characters);
        });

    [DotNetFact("nothing tells what a thread allocates")]
    public void The_count_allocates_nothing()
    {
        string text = string.Concat(Enumerable.Repeat("汉é😀x", 1000));
        TokenEstimator.Estimate(text.AsSpan());
        long before = GC.GetAllocatedBytesForCurrentThread();
        TokenEstimator.Estimate(text.AsSpan());
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // The page's Python, restated: a str is its code points, and half a surrogate pair is one of them.
    private static long PythonEstimate(List<int> text)
    {
        int chinese = text.Where(c => c >= 0x4e00 && c <= 0x9fff).ToList().Count;
        return chinese + ((text.Count - chinese) / 4);
    }

    private static List<int> PythonCharacters(string text)
    {
        List<int> points = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            points.Add(pair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }
        return points;
    }

    private static Gen<int[]> CodePoints(bool surrogates)
    {
        Gen<int> edges = Gen.Elements(0x4dff, 0x4e00, 0x9fff, 0xa000, 0xffff, 0x10000, 0x1f600, 0x7f, 0x80, 0x7ff, 0x800);
        Gen<int> any = Gen.Choose(0, 0x10ffff);
        Gen<int> halves = surrogates ? Gen.Choose(0xd800, 0xdfff) : edges;
        return Gen.OneOf(edges, any, Gen.Choose(0x20, 0x7e), Gen.Choose(0x4e00, 0x9fff), halves)
            .Where(point => surrogates || point is < 0xd800 or > 0xdfff)
            .ArrayOf();
    }

    private static string Text(IEnumerable<int> points) =>
        string.Concat(points.Select(point => point is >= 0xd800 and <= 0xdfff ? ((char)point).ToString() : char.ConvertFromUtf32(point)));
}
