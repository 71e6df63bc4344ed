using System.Runtime.InteropServices;

namespace ApiTools.Core.Tests;

/// <summary>How long a processor has worked for the calling thread, in a unit of the system's own: two differences can be compared.</summary>
internal static partial class ThreadTime
{
    // <time.h>: 3 with Linux, 16 with Darwin.
    private static readonly int Clock = OperatingSystem.IsMacOS() ? 16 : 3;

    /// <summary>The time so far.</summary>
    public static double Now()
    {
        if (OperatingSystem.IsWindows())
        {
            return QueryThreadCycleTime(GetCurrentThread(), out ulong cycles) ? cycles : throw Failed();
        }
        return ReadClock(Clock, out TimeSpec time) == 0 ? (time.Seconds * 1e9) + time.Nanoseconds : throw Failed();
    }

    private static InvalidOperationException Failed() => new($"The thread's time cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryThreadCycleTime(nint thread, out ulong cycles);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    // Both are as long as a pointer on the 64-bit systems that .NET runs on.
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
