namespace ApiTools.Core.Tests;

/// <summary>
/// Whether work grows with the length of its input, or faster: the same work on an input and on one sixteen times as long, in the same run. What is
/// linear takes about 16 times as long, what compares each with each 256 times. The thread's own time counts, not the clock's: on a machine that does
/// more than it has processors for, long work is interrupted and short work is not.
/// </summary>
internal static class Growth
{
    private const int Times = 16;
    private const double Limit = 80;
    private const int Rounds = 7;

    /// <summary>Fails where sixteen times the length takes far more than sixteen times as long, in each of four tries.</summary>
    /// <param name="prepare">Makes the input of a length; not measured.</param>
    /// <param name="work">What is measured: on the thread that calls it.</param>
    /// <param name="length">The shorter length: long enough for about a millisecond of work.</param>
    public static void AssertLinear<T>(Func<int, T> prepare, Action<T> work, int length)
    {
        T once = prepare(length);
        T longer = prepare(length * Times);
        work(once);
        double ratio = double.MaxValue;
        for (int tries = 0; tries < 4 && ratio > Limit; tries++)
        {
            ratio = Math.Min(ratio, Ratio(work, once, longer));
        }
        Assert.True(ratio <= Limit, $"{Times} times the length takes {ratio:0.0} times as long.");
    }

    // Of the least times, by turns: what shares the processor's caches can only lengthen one.
    private static double Ratio<T>(Action<T> work, T once, T longer)
    {
        double shortest = double.MaxValue;
        double longest = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            shortest = Math.Min(shortest, Measure(work, once));
            longest = Math.Min(longest, Measure(work, longer));
        }
        return longest / shortest;
    }

    private static double Measure<T>(Action<T> work, T input)
    {
        double before = ThreadTime.Now();
        work(input);
        return ThreadTime.Now() - before;
    }
}
