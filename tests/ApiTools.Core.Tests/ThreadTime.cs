using System.Runtime.InteropServices;

namespace ApiTools.Core.Tests;

/// <summary>How long a processor has worked for the calling thread, in a unit of the system's own: two differences can be compared.</summary>
internal static class ThreadTime
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

    private static InvalidOperationException Failed() => new($"The thread's time cannot be read: {new System.ComponentModel.Win32Exception(Marshal.GetLastWin32Error()).Message}");

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static extern int ReadClock(int clock, out TimeSpec time);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool QueryThreadCycleTime(nint thread, out ulong cycles);

    [DllImport("kernel32")]
    private static extern nint GetCurrentThread();

    // Both are as long as a pointer on the 64-bit systems that .NET runs on.
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
