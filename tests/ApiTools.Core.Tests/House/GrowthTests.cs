namespace ApiTools.Core.Tests.House;

public sealed class GrowthTests
{
    [Fact]
    public void What_compares_each_with_each_is_not_linear() =>
        Assert.ThrowsAny<Exception>(() => Growth.AssertLinear(
            count => new int[count],
            values =>
            {
                foreach (int _ in values)
                {
                    Array.IndexOf(values, 1);
                }
            },
            2000));
}
