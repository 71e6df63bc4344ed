using ApiTools.Errors;
using ApiTools.Streams;

namespace ApiTools.Files;

/// <summary>Writes a file as a whole or not at all: the new one takes the place of the old, and its permissions, when it is on the disk.</summary>
internal static class WholeFile
{
    private const int BufferBytes = 65_536;

    // Folders of devices: what is renamed into one takes a device's place.
    private static readonly string[] NoFiles = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its full path; of a link, what it leads to is replaced.</param>
    /// <param name="content">What is in it from then on.</param>
    /// <param name="existing">What to do about a file that is there.</param>
    /// <param name="readOnly">What to say of one that is read-only, where that is not to be replaced.</param>
    /// <param name="cancellationToken">Cancels it; a file that is there stays as it is.</param>
    /// <exception cref="ApiFileException">file_exists, or file_unwritable: a file that is there stays as it is, and nothing is left beside it.</exception>
    public static async Task WriteAsync(string path, byte[] content, ExistingFile existing, string readOnly, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileNotWritten(path, "it is a folder.");
        }
        bool isThere = File.Exists(path);
        if (isThere && existing == ExistingFile.Keep)
        {
            throw ApiErrors.FileExists(path);
        }
        string target = isThere ? FileTarget.Of(path) : path;
        if (IsDevice(target))
        {
            throw ApiErrors.FileNotWritten(path, "it is no file that can be replaced.");
        }
        string folder = Path.GetDirectoryName(target) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder))
        {
            throw ApiErrors.FileNotWritten(path, "its folder is not there.");
        }
        // Not the file's own name with an end: that may be as long as a name can be.
        string temporary = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            bool isReadOnly = isThere && (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0;
            if (isReadOnly && existing != ExistingFile.ReplaceReadOnly)
            {
                throw ApiErrors.FileNotWritten(path, readOnly);
            }
            await WriteAsync(content, temporary, isThere ? target : null, cancellationToken).ConfigureAwait(false);
            Move(temporary, target, isThere, isReadOnly);
        }
        catch (Exception exception)
        {
            Delete(temporary);
            if (exception is IOException && !isThere && existing == ExistingFile.Keep && File.Exists(path))
            {
                // Somebody else made it just now.
                throw ApiErrors.FileExists(path);
            }
            if (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                throw ApiErrors.FileNotWritten(path, exception.Message, exception);
            }
            throw;
        }
    }

    /// <summary>True for the path of what is no file, and cannot be replaced by one.</summary>
    public static bool IsDevice(string path) => Path.DirectorySeparatorChar == '/' && Array.Exists(NoFiles, folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static async Task WriteAsync(byte[] content, string path, string? like, CancellationToken cancellationToken)
    {
        using FileStream file = like is null
            ? new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous)
            : FileTarget.Create(path, like);
        await file.WriteAllAsync(content, cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    private static void Move(string temporary, string target, bool isThere, bool isReadOnly)
    {
        if (!isThere)
        {
            File.Move(temporary, target);
            return;
        }
        if (isReadOnly)
        {
            // Windows replaces no file that is read-only.
            File.SetAttributes(target, File.GetAttributes(target) & ~FileAttributes.ReadOnly);
        }
        File.Replace(temporary, target, null);
        if (isReadOnly)
        {
            File.SetAttributes(target, File.GetAttributes(target) | FileAttributes.ReadOnly);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
