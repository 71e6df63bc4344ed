using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace ApiTools.Benchmarks;

/// <summary>
/// Several ways to do the same, by turns, so that whatever slows the machine for a moment slows all alike. What counts is the ratio of the
/// medians to the first one's: a mean would be moved by a few pauses. On a machine that others use, a run longer than the system's time slice is
/// interrupted more often than a short one: there the ratio of the least times is the one to trust.
/// </summary>
/// <param name="rounds">How often each is timed.</param>
/// <param name="per">In how many parts the allocations of a run are given: chunks, calls.</param>
internal sealed class Contest(int rounds, int per)
{
    // The JIT compiles anew what was called thirty times, twice over, in the background and once nothing new has been called for 100 ms. On a
    // busy machine that takes long: warm is who has made it compile nothing for several pauses.
    private const int QuietPauses = 3;

    private const int MaximumPauses = 60;

    private static readonly TimeSpan TieringPause = TimeSpan.FromMilliseconds(300);

    private readonly List<(string Name, Func<Task<double>> Run)> _contenders = [];

    /// <summary>Adds a contender that is timed here; the first is what the others are compared with.</summary>
    public void Add(string name, Func<Task> run) => _contenders.Add((name, () => TimeAsync(run)));

    /// <summary>Adds a contender that tells its own time, in microseconds.</summary>
    public void AddTimed(string name, Func<Task<double>> run) => _contenders.Add((name, run));

    /// <summary>Runs them, and prints each one's median and least time, their ratios to the first's, and what was allocated.</summary>
    public async Task RunAsync(string title, bool warm = true)
    {
        (double[][] times, long[] allocated) = await MeasureAsync(warm);
        Print(title, times, allocated);
    }

    /// <summary>Runs two of them, and gives the ratios of the second one's median and least time to the first's; prints nothing.</summary>
    public async Task<(double OfMedians, double OfLeast)> RatioAsync(bool warm = true)
    {
        (double[][] times, _) = await MeasureAsync(warm);
        return (Median(times[1]) / Median(times[0]), times[1].Min() / times[0].Min());
    }

    private async Task<(double[][] Times, long[] Allocated)> MeasureAsync(bool warm)
    {
        if (warm)
        {
            await WarmUpAsync();
        }
        double[][] times = [.. _contenders.Select(_ => new double[rounds])];
        long[] allocated = new long[_contenders.Count];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < _contenders.Count; turn++)
            {
                // The one that goes first finds colder caches: they take turns.
                int next = (round + turn) % _contenders.Count;
                long before = GC.GetTotalAllocatedBytes();
                times[next][round] = await _contenders[next].Run();
                allocated[next] += GC.GetTotalAllocatedBytes() - before;
            }
        }
        return (times, allocated);
    }

    private async Task WarmUpAsync()
    {
        int quiet = 0;
        for (int pause = 0; pause < MaximumPauses && quiet < QuietPauses; pause++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            for (int i = 0; i < Math.Max(rounds / 25, 3); i++)
            {
                foreach ((_, Func<Task<double>> run) in _contenders)
                {
                    await run();
                }
            }
            await Task.Delay(TieringPause);
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
        }
    }

    private void Print(string title, double[][] times, long[] allocated)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title} (medians of {rounds})"));
        double first = Median(times[0]);
        double least = times[0].Min();
        for (int i = 0; i < times.Length; i++)
        {
            double median = Median(times[i]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {_contenders[i].Name,-44} {median,10:0.0} us  ratio {median / first,5:0.00}  least {times[i].Min(),10:0.0} us  ratio {times[i].Min() / least,5:0.00}  {(double)allocated[i] / rounds / per,8:0} bytes each"));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        long start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
