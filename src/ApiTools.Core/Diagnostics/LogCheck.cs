using ApiTools.Errors;
using ApiTools.Time;

namespace ApiTools.Diagnostics;

/// <summary>Says whether a path can be a log's, before any request is to be written to it.</summary>
internal static class LogCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the file, and makes it where it is not there.</summary>
    /// <exception cref="ApiException">log_unwritable, not_a_log.</exception>
    public static async Task RunAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        // A thread of its own: opening a pipe that nobody reads waits for ever.
        Task check = Task.Factory.StartNew(new LogFile(path, time).Check, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await Task.WhenAny(check, time.WaitAsync(Longest, enough.Token)).ConfigureAwait(false) != check)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ApiErrors.LogUnwritable(path, "it cannot be opened: whatever it is, it keeps its opener waiting.");
        }
        enough.Cancel();
        await check.ConfigureAwait(false);
    }
}
