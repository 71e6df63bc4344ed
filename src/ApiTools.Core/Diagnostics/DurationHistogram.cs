namespace ApiTools.Diagnostics;

/// <summary>
/// Durations, counted in classes of which each is 5 % wider than the one before it. What it says is the middle of a class, so that it is right to 2.5 %, in
/// the same memory for ten durations and ten thousand million; two of them add up to what one would have counted.
/// </summary>
internal sealed class DurationHistogram
{
    private const double Growth = 1.05;

    // A tenth of a millisecond is less than any answer takes; a day is more.
    private const double Least = 0.0001;
    private const int Classes = 425;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly long[] _counts = new long[Classes];

    /// <summary>How many durations were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration)
    {
        _counts[Class(duration.TotalSeconds)]++;
        Count++;
    }

    /// <summary>Counts what another has counted.</summary>
    public void Add(DurationHistogram other)
    {
        for (int i = 0; i < Classes; i++)
        {
            _counts[i] += other._counts[i];
        }
        Count += other.Count;
    }

    /// <summary>The duration that this share of all took at most; null where there is none.</summary>
    /// <param name="share">0 to 1: the nearest rank of all durations.</param>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        int i = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[i])
        {
            i++;
        }
        return TimeSpan.FromTicks((long)(Least * Math.Pow(Growth, i + 0.5) * TimeSpan.TicksPerSecond));
    }

    private static int Class(double seconds) =>
        seconds <= Least ? 0 : Math.Min(Classes - 1, (int)(Math.Log(seconds / Least) / LogGrowth));
}
