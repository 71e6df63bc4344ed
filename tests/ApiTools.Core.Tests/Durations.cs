namespace ApiTools.Core.Tests;

/// <summary>A duration as a number, right to the last digit: .NET Framework's TotalSeconds multiplies, and is off by the smallest step for 50.597 s.</summary>
internal static class Durations
{
    public static double Seconds(this TimeSpan duration) => (double)duration.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>So many seconds: .NET Framework's FromSeconds rounds to the millisecond.</summary>
    public static TimeSpan OfSeconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
