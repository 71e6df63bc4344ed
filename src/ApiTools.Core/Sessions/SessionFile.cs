using ApiTools.Errors;
using ApiTools.Repair;
using ApiTools.Streams;
using ApiTools.Validation;

namespace ApiTools.Sessions;

/// <summary>Keeps sessions in files. A file is written as a whole or not at all: the new one takes the place of the old when it is on the disk.</summary>
internal static class SessionFile
{
    private const int BufferBytes = 65_536;

    // A folder of devices: what is renamed into it takes a device's place.
    private static readonly string[] NoFiles = ["/dev/", "/proc/", "/sys/"];

    /// <summary>Reads a session.</summary>
    /// <exception cref="ApiFileException">file_not_found, file_unreadable, session_damaged, not_a_session.</exception>
    public static async Task<ApiChatSession> ReadAsync(string path, string name, CancellationToken cancellationToken) =>
        new(SessionReader.Read(await InputFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), name));

    /// <summary>Writes a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="mode">What to do about a file that is there.</param>
    /// <param name="cancellationToken">Cancels it; a file that is there stays as it is.</param>
    /// <exception cref="ApiFileException">file_exists, or file_unwritable: a file that is there stays as it is.</exception>
    public static async Task WriteAsync(ApiChatSession session, string path, SessionFileMode mode, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileNotWritten(path, "it is a folder.");
        }
        bool isThere = File.Exists(path);
        if (isThere && mode == SessionFileMode.KeepExisting)
        {
            throw ApiErrors.FileExists(path);
        }
        string target = isThere ? FileTarget.Of(path) : path;
        if (Path.DirectorySeparatorChar == '/' && Array.Exists(NoFiles, folder => target.StartsWith(folder, StringComparison.Ordinal)))
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
            if (isReadOnly && mode != SessionFileMode.ReplaceReadOnly)
            {
                throw ApiErrors.FileNotWritten(path, "it is read-only; -Force replaces it all the same.");
            }
            await WriteAsync(SessionText.Write(session.History), temporary, isThere ? target : null, cancellationToken).ConfigureAwait(false);
            Move(temporary, target, isThere, isReadOnly);
        }
        catch (Exception exception)
        {
            Delete(temporary);
            if (exception is IOException && !isThere && mode == SessionFileMode.KeepExisting && File.Exists(path))
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

    private static async Task WriteAsync(byte[] text, string path, string? like, CancellationToken cancellationToken)
    {
        using FileStream file = like is null
            ? new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous)
            : FileTarget.Create(path, like);
        await file.WriteAllAsync(text, cancellationToken).ConfigureAwait(false);
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
