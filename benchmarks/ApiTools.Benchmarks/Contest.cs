using System.Diagnostics;
using System.Globalization;

namespace ApiTools.Benchmarks;

/// <summary>
/// Two ways to do the same, call by call in turn, so that whatever slows the machine for a moment slows both alike. What counts is the
/// ratio of the medians: a mean would be moved by a few pauses.
/// </summary>
internal sealed class Contest(int calls)
{
    // Past the JIT's tiers: 30 calls, a pause, and 30 more would do; a tenth of the run does in any case.
    private int WarmUp => Math.Max(calls / 10, 1);

    /// <summary>Prints both medians and their ratio.</summary>
    public async Task RunAsync(string name, Func<Task> measured, string peerName, Func<Task> peer)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            await peer();
            await measured();
        }
        double[] measuredTimes = new double[calls];
        double[] peerTimes = new double[calls];
        for (int i = 0; i < calls; i++)
        {
            // The one that goes first finds colder caches: they take turns.
            if (i % 2 == 0)
            {
                measuredTimes[i] = await TimeAsync(measured);
                peerTimes[i] = await TimeAsync(peer);
            }
            else
            {
                peerTimes[i] = await TimeAsync(peer);
                measuredTimes[i] = await TimeAsync(measured);
            }
        }
        double a = Median(measuredTimes);
        double b = Median(peerTimes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {a:0.0} us; {peerName}: {b:0.0} us; ratio {a / b:0.00} (medians of {calls})"));
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        long start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
