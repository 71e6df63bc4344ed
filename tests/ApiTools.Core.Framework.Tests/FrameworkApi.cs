using System.Net;
using System.Net.Sockets;

namespace ApiTools.Core.Tests;

/// <summary>
/// What the tests call, .NET has and .NET Framework 4.7.2 lacks, beside what the package Polyfill brings. What cannot be made here throws: the tests
/// that need it are skipped, and say so.
/// </summary>
internal static class FrameworkApi
{
    private static readonly NotSupportedException Missing = new("A test that needs this is to be skipped on .NET Framework: [DotNetFact].");

    extension(GC)
    {
        public static long GetAllocatedBytesForCurrentThread() => throw Missing;

        public static long GetTotalAllocatedBytes() => throw Missing;
    }

    extension(File)
    {
        public static void CreateSymbolicLink(string path, string pathToTarget) => throw Missing;
    }

    extension(FileInfo file)
    {
        public string LinkTarget => throw Missing;
    }

    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    extension(HttpStatusCode)
    {
        public static HttpStatusCode TooManyRequests => (HttpStatusCode)429;
    }

    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;
    }

    /// <summary>Only ordinal comparisons are asked for.</summary>
    public static string Replace(this string text, string old, string? replacement, StringComparison comparison) =>
        comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw Missing;

    public static async Task<int> ReceiveAsync(this Socket socket, byte[] buffer, SocketFlags flags, CancellationToken cancellationToken)
    {
        // A socket's read cannot be cancelled there: closing it ends it.
        using CancellationTokenRegistration closing = cancellationToken.Register(socket.Dispose);
        return await socket.ReceiveAsync(new ArraySegment<byte>(buffer), flags);
    }
}
