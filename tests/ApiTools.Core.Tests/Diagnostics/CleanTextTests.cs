using ApiTools.Diagnostics;

namespace ApiTools.Core.Tests.Diagnostics;

public sealed class CleanTextTests
{
    private const string Key = "a-key-like-no-other-0123";

    [Theory]
    [InlineData(80, 83)]
    [InlineData(90, 93)]
    [InlineData(99, 100)]
    public void A_key_that_the_cut_would_halve_is_out_before_it(int before, int length)
    {
        string text = new string('x', before) + Key + "yyy";
        string clean = CleanText.Of(text, 100, Key);
        Assert.Equal(clean, CleanText.Of(text, 100, [null, Key]));
        Assert.StartsWith(new string('x', before) + (before == 99 ? "…" : "***"), clean, StringComparison.Ordinal);
        Assert.DoesNotContain("a-", clean, StringComparison.Ordinal);
        Assert.InRange(clean.Length, length, 100);
    }
}
