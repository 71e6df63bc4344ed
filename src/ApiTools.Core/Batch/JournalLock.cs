using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ApiTools.Errors;
using ApiTools.Time;

namespace ApiTools.Batch;

/// <summary>
/// Keeps a journal to one writer. What is locked is a file beside it, since on Unix the framework's lock of the journal itself would keep its readers
/// out too. The lock is the system's own, so it falls with the process that held it, however that ended: a lock file left behind is
/// taken over. Its length is the holder's process id, which anybody can see without opening it.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    // Whoever only looks whether the lock is held has it shared for a moment.
    private const int Tries = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    // flock's EWOULDBLOCK on Linux and on macOS; Windows' sharing and lock violations.
    private static readonly int[] Contended = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // Where a file system has no locks, this process at least does not meet itself.
    private static readonly HashSet<string> Held = new(StringComparer.Ordinal);

    private readonly string _file;
    private readonly FileStream _handle;
    private bool _isGivenBack;

    private JournalLock(string file, FileStream handle)
    {
        _file = file;
        _handle = handle;
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The journal, as it was named.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiException">journal_in_use; journal_unwritable: the lock's file cannot be made.</exception>
    public static async Task<JournalLock> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        string file = FileOf(path);
        if (!TryEnter(file))
        {
            throw ApiErrors.JournalInUse(path, "another command of this process");
        }
        try
        {
            for (int tried = 0; tried < Tries; tried++)
            {
                if (TryOpen(path, file) is FileStream handle)
                {
                    return new JournalLock(file, handle);
                }
                await time.WaitAsync(BetweenTries, cancellationToken).ConfigureAwait(false);
            }
            throw ApiErrors.JournalInUse(path, Holder(file));
        }
        catch
        {
            Leave(file);
            throw;
        }
    }

    /// <summary>Whether a command, of this process or another, writes to a journal now.</summary>
    public static bool IsHeld(string path)
    {
        string file = FileOf(path);
        lock (Held)
        {
            if (Held.Contains(file))
            {
                return true;
            }
        }
        try
        {
            using FileStream shared = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException exception)
        {
            return Contended.Contains(exception.HResult);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Gives it back; its file goes with it.</summary>
    public void Dispose()
    {
        if (_isGivenBack)
        {
            // By now the name may be that of another's lock.
            return;
        }
        _isGivenBack = true;
        if (!IsWindows)
        {
            RemoveName(_file);
        }
        _handle.Dispose();
        Leave(_file);
    }

    private static string FileOf(string path) => RealPath.Of(path) + ".lock";

    private static bool TryEnter(string file)
    {
        lock (Held)
        {
            return Held.Add(file);
        }
    }

    private static void Leave(string file)
    {
        lock (Held)
        {
            Held.Remove(file);
        }
    }

    // Null where another has it.
    private static FileStream? TryOpen(string path, string file)
    {
        FileStream? handle = null;
        try
        {
            // On Unix DeleteOnClose would go by the name too, and take that of another's file where this one has none any more.
            handle = new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, IsWindows ? FileOptions.DeleteOnClose : FileOptions.None);
            handle.SetLength(ProcessId);
            FileStream? own = IsNamed(file) ? handle : null;
            handle = own is null ? handle : null;
            return own;
        }
        catch (IOException exception) when (Contended.Contains(exception.HResult))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ApiErrors.JournalUnwritable(path, exception.Message, exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    // Before the lock falls: who waited for this very file then finds its name gone, and tries again.
    private static void RemoveName(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays, as after a crash, and is taken over.
        }
    }

    // On Unix a name can be removed from a file that is open and locked: then the lock is one of a file that nobody else will ever find.
    private static bool IsNamed(string file) =>
        IsWindows || (new FileInfo(file) is { Exists: true } found && found.Length == ProcessId);

    private static string Holder(string file)
    {
        FileInfo found = new(file);
        if (!found.Exists || found.Length is 0 or > int.MaxValue)
        {
            return "another command";
        }
        string id = found.Length.ToString(CultureInfo.InvariantCulture);
        try
        {
            using Process process = Process.GetProcessById((int)found.Length);
            return $"process {id} ({process.ProcessName})";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"process {id}";
        }
    }

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

#if NET8_0_OR_GREATER
    private static int ProcessId => Environment.ProcessId;
#else
    private static readonly int ProcessId = OwnId();

    private static int OwnId()
    {
        using Process own = Process.GetCurrentProcess();
        return own.Id;
    }
#endif
}
