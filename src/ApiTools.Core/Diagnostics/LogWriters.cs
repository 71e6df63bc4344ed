using System.Collections.Concurrent;

namespace ApiTools.Diagnostics;

/// <summary>The process's logs, one writer a file, whichever connections and runspaces it is for.</summary>
internal static class LogWriters
{
    // What a module's removal, or a process's end, waits for at most: a disk that hangs keeps nobody.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, Lazy<LogWriter>> Writers = new(StringComparer.Ordinal);

    static LogWriters() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    /// <summary>The writer of a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="maximumSize">The size at which it is rotated, in bytes, from now on.</param>
    /// <param name="time">The clock.</param>
    public static LogWriter Get(string path, long maximumSize, TimeProvider time)
    {
        LogWriter writer = Writers.GetOrAdd(path, _ => new Lazy<LogWriter>(() => new LogWriter(new LogFile(path, time), time))).Value;
        writer.File.MaximumSize = maximumSize;
        return writer;
    }

    /// <summary>Has all of them write what waits, and ends them. Blocks, for a moment: who calls it cannot wait in another way.</summary>
    public static void CloseAll()
    {
        List<Task> closing = [];
        foreach (string path in Writers.Keys)
        {
            if (Writers.TryRemove(path, out Lazy<LogWriter>? writer))
            {
                closing.Add(writer.Value.DisposeAsync().AsTask());
            }
        }
        if (closing.Count > 0)
        {
            ((IAsyncResult)Task.WhenAll(closing)).AsyncWaitHandle.WaitOne(LongestGoodbye);
        }
    }
}
