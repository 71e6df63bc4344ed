using System.Globalization;
using ApiTools.Errors;

namespace ApiTools.Files;

/// <summary>
/// Replaces a file at once or not at all: the new content goes into a file beside it and to the disk, what was there is kept as a backup, and
/// then the one takes the other's name. A file that somebody else has written to meanwhile stays as it is.
/// </summary>
internal sealed class FileReplacement
{
    private const int MostBackups = 10_000;

    private readonly string _path;
    private readonly string _target;
    private readonly FileStamp _stamp;

    /// <summary>Looks at a file that is to be read, and perhaps replaced.</summary>
    /// <param name="path">Its full path; of a link, what it leads to is replaced.</param>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public FileReplacement(string path)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileUnreadable(path, "it is a folder.");
        }
        if (!File.Exists(path))
        {
            throw ApiErrors.FileNotFound(path);
        }
        _path = path;
        _target = FileTarget.Of(path);
        _stamp = FileStamp.Of(_target);
    }

    /// <summary>Replaces the file.</summary>
    /// <param name="write">Writes the new content.</param>
    /// <param name="cancellationToken">Cancels it; the file stays as it is.</param>
    /// <returns>The path of the backup.</returns>
    /// <exception cref="ApiException">file_unwritable or file_changed: the file stays as it is, and nothing is left beside it.</exception>
    public async Task<string> CommitAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        RefusePipe();
        EnsureWritable();
        string temporary = $"{_target}.{Guid.NewGuid():N}.tmp";
        string? backup = null;
        try
        {
            await WriteAsync(temporary, write, cancellationToken).ConfigureAwait(false);
            backup = await BackUpAsync(cancellationToken).ConfigureAwait(false);
            EnsureUnchanged();
            File.Replace(temporary, _target, null);
            return backup;
        }
        catch (Exception exception)
        {
            Delete(temporary);
            Delete(backup);
            if (exception is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw ApiErrors.FileUnwritable(_path, exception.Message, exception);
            }
            throw;
        }
    }

    // What was read came from somewhere else than the file: its length is 0, and to open a pipe for writing waits for a reader.
    private void RefusePipe()
    {
        if (_stamp.Length == 0 && FileStamp.Of(_target).Length == 0)
        {
            throw ApiErrors.FileUnwritable(_path, "it is a pipe or a device, which holds nothing to replace.");
        }
    }

    // A file that is read-only can be replaced on Unix, where its folder is writable; who made it so did not mean that.
    private void EnsureWritable()
    {
        try
        {
            EnsureUnchanged();
            if ((File.GetAttributes(_target) & FileAttributes.ReadOnly) != 0)
            {
                throw ApiErrors.FileUnwritable(_path, "it is read-only.");
            }
            using FileStream file = new(_target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnwritable(_path, exception.Message, exception);
        }
    }

    private void EnsureUnchanged()
    {
        if (!File.Exists(_target) || FileStamp.Of(_target) != _stamp)
        {
            throw ApiErrors.FileChanged(_path);
        }
    }

    private async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using FileStream file = FileTarget.Create(path, _target);
        await write(file, cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    private async Task<string> BackUpAsync(CancellationToken cancellationToken)
    {
        using FileStream original = new(_target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        for (int number = 1; number <= MostBackups; number++)
        {
            string path = _target + (number == 1 ? ".bak" : ".bak" + number.ToString(CultureInfo.InvariantCulture));
            if (File.Exists(path) || Directory.Exists(path))
            {
                continue;
            }
            FileStream backup;
            try
            {
                backup = FileTarget.Create(path, _target);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody else took the name just now.
                continue;
            }
            await CopyAsync(original, backup, path, cancellationToken).ConfigureAwait(false);
            return path;
        }
        throw new IOException($"there are {MostBackups} backups of it already.");
    }

    private static async Task CopyAsync(FileStream original, FileStream backup, string path, CancellationToken cancellationToken)
    {
        try
        {
            using (backup)
            {
                await original.CopyToAsync(backup, 81_920, cancellationToken).ConfigureAwait(false);
                backup.Flush(flushToDisk: true);
            }
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    private static void Delete(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
