using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>
/// A log's file as several processes append to it. It is open no longer than one append takes, under a lock that all of them keep, so that lines
/// never mix, and so that a file that one of them has renamed or removed is not written to by another.
/// </summary>
/// <param name="path">Its full path.</param>
/// <param name="time">The clock.</param>
internal sealed class LogFile(string path, TimeProvider time)
{
    /// <summary>Its full path.</summary>
    public string Path => path;

    /// <summary>The size at which it is renamed and a new one begun, in bytes.</summary>
    public long MaximumSize { get; set; } = long.MaxValue;

    /// <summary>Refuses a path that cannot be a log's, and a file that is something else: nobody's other file is ever written into.</summary>
    /// <exception cref="ApiException">log_unwritable, not_a_log.</exception>
    public void Check()
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.LogUnwritable(path, "it is a folder.");
        }
        try
        {
            using FileStream file = LogFileMode.Open(path);
            RefusePipe(file);
            CheckBeginning(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ApiErrors.LogUnwritable(path, exception.Message, exception);
        }
    }

    /// <summary>Appends whole lines, all or none of them.</summary>
    /// <exception cref="IOException">They could not be written; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task AppendAsync(byte[] lines, int count, CancellationToken cancellationToken)
    {
        // A device has nothing to rotate, and no place for a lock beside it.
        using LogLock? held = IsDevice ? null : await LogLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        if (!IsDevice)
        {
            RotateFor(count);
        }
        using FileStream file = LogFileMode.Open(path);
        RefusePipe(file);
        Append(file, lines, count);
    }

    // A named pipe takes whatever is written, and loses it where nobody reads at that moment: its writer never learns of it.
    private void RefusePipe(FileStream file)
    {
        if (!file.CanSeek && !IsDevice)
        {
            throw new IOException("it is a pipe, which keeps nothing that nobody reads in time.");
        }
    }

    private bool IsDevice => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static void Append(FileStream file, byte[] lines, int count)
    {
        long end = file.CanSeek ? file.Length : 0;
        try
        {
            if (EndsTorn(file, end))
            {
                // Whatever stands there, ours begins a line: who reads it tells the torn one.
                file.WriteByte((byte)'\n');
            }
            file.Write(lines, 0, count);
            file.Flush();
        }
        catch (IOException)
        {
            TakeBack(file, end);
            throw;
        }
    }

    private static bool EndsTorn(FileStream file, long end)
    {
        if (end == 0)
        {
            return false;
        }
        file.Position = end - 1;
        bool torn = file.ReadByte() != '\n';
        file.Position = end;
        return torn;
    }

    private static void TakeBack(FileStream file, long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Half a line stays; the next one begins behind it.
        }
    }

    private void CheckBeginning(FileStream file)
    {
        if (!file.CanSeek || file.Length == 0)
        {
            return;
        }
        byte[] beginning = new byte[Utf8Text.ByteOrderMark.Length + LogFields.Beginning.Length];
        int read = file.Read(beginning, 0, beginning.Length);
        ReadOnlySpan<byte> first = Utf8Text.SkipMark(beginning.AsSpan(0, read));
        if (!first.StartsWith(LogFields.Beginning) && !LogFields.Beginning.StartsWith(first))
        {
            throw ApiErrors.NotALog(path, "its first line is none of a log's.");
        }
    }

    private void RotateFor(int count)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length == 0 || file.Length + count <= MaximumSize)
        {
            return;
        }
        try
        {
            File.Delete(Rotated(LogFamily.Kept));
            for (int number = LogFamily.Kept - 1; number > 0; number--)
            {
                Move(Rotated(number), Rotated(number + 1));
            }
            Move(path, Rotated(1));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody reads one of them in a way that forbids renaming, or the folder takes no new name: the next append tries again.
        }
    }

    private string Rotated(int number) => LogFamily.Rotated(path, number);

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to);
        }
    }
}
