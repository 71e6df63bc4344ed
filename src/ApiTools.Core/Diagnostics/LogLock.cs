using ApiTools.Time;

namespace ApiTools.Diagnostics;

/// <summary>
/// Lets one process at a time append to a log and rename it. What is locked is a file beside it (<c>log.jsonl.lock</c>, always empty, and left there),
/// since on Unix the framework's lock of the log itself would keep its readers out. The lock is the system's own: it falls with its process.
/// </summary>
internal sealed class LogLock : IDisposable
{
    // flock's EWOULDBLOCK on Linux and on macOS; Windows' sharing and lock violations.
    private static readonly int[] Contended = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // An append takes a fraction of a millisecond. A process that is stopped in the middle of one keeps the lock for as long as it is.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(1);

    private readonly FileStream? _file;

    private LogLock(FileStream? file) => _file = file;

    /// <summary>Takes the lock of a log. A folder that takes no new file has none: then whoever writes there is alone, as far as can be known.</summary>
    /// <exception cref="IOException">Another process keeps it, or the disk is full.</exception>
    public static async Task<LogLock> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        long begin = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new LogLock(new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
            }
            catch (IOException exception) when (Contended.Contains(exception.HResult) && time.GetElapsedTime(begin) < Longest)
            {
                await time.WaitAsync(BetweenTries, cancellationToken).ConfigureAwait(false);
            }
            catch (UnauthorizedAccessException)
            {
                return new LogLock(null);
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _file?.Dispose();
}
