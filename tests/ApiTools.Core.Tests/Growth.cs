using System.Diagnostics;

namespace ApiTools.Core.Tests;

/// <summary>
/// Whether work grows with the length of its input, or faster: the same work on an input and on one eight times as long, in the same run. What is
/// linear takes about 8 times as long, what compares each with each 64 times.
/// </summary>
internal static class Growth
{
    private const int Times = 8;
    private const double Limit = 24;

    /// <summary>Fails where eight times the length takes far more than eight times as long, in each of five tries.</summary>
    /// <param name="prepare">Makes the input of a length; not measured.</param>
    /// <param name="work">What is measured.</param>
    /// <param name="length">The shorter length: long enough for about a millisecond of work.</param>
    public static void AssertLinear<T>(Func<int, T> prepare, Action<T> work, int length)
    {
        T once = prepare(length);
        T longer = prepare(length * Times);
        work(once);
        double shortest = double.MaxValue;
        double longest = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            shortest = Math.Min(shortest, Measure(work, once));
            longest = Math.Min(longest, Measure(work, longer));
            if (longest <= shortest * Limit)
            {
                return;
            }
        }
        Assert.Fail($"{Times} times the length takes {longest / shortest:0.0} times as long.");
    }

    private static double Measure<T>(Action<T> work, T input)
    {
        Stopwatch watch = Stopwatch.StartNew();
        work(input);
        return watch.Elapsed.TotalMilliseconds;
    }
}
