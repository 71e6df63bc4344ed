using ApiTools.Http;
using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Http;

public sealed class AimdLevelTests
{
    [Fact]
    public void It_begins_with_eight_and_has_one_more_for_each_success_until_the_first_congestion()
    {
        AimdLevel level = AimdLevel.Start;
        Assert.Equal(8, level.Places);
        level = level.Succeeded(8);
        Assert.Equal(9, level.Places);
        Assert.Equal(10, level.Succeeded(9).Places);
    }

    [Fact]
    public void A_congestion_halves_it_and_from_then_on_it_grows_by_one_a_round()
    {
        AimdLevel level = AimdLevel.Start.Congested(8);
        Assert.Equal(4, level.Places);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(4, level.Places);
            level = level.Succeeded(4);
        }
        // 1/4 and a little less each time: the fifth success makes the place full.
        Assert.Equal(5, level.Succeeded(4).Places);
    }

    [Fact]
    public void What_is_not_used_does_not_grow() => Assert.Equal(AimdLevel.Start, AimdLevel.Start.Succeeded(7));

    [Fact]
    public void A_congestion_of_few_halves_the_few_not_a_level_that_was_never_reached() => Assert.Equal(2, AimdLevel.Start.Congested(4).Places);

    [Fact]
    public void It_is_never_below_one() => Assert.Equal(1, AimdLevel.Start.Congested(1).Congested(1).Places);

    [Property(MaxTest = 500)]
    public bool Whatever_comes_it_is_at_least_one_grows_by_one_at_most_and_a_congestion_at_least_halves_what_is_under_way(bool[] successes)
    {
        AimdLevel level = AimdLevel.Start;
        foreach (bool success in successes)
        {
            AimdLevel next = success ? level.Succeeded(level.Places) : level.Congested(level.Places);
            bool right = success ? next.Places - level.Places is 0 or 1 : next.Places == Math.Max(1, level.Places / 2);
            if (!right || next.Places < 1)
            {
                return false;
            }
            level = next;
        }
        return true;
    }
}
