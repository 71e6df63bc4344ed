using ApiTools.Errors;

namespace ApiTools.Files;

/// <summary>What differs between systems where a file is replaced: links, and who may read and write it.</summary>
internal static class FileTarget
{
    private const int BufferBytes = 65_536;

#if NET8_0_OR_GREATER
    /// <summary>The file itself, where a path is a link to it.</summary>
    /// <exception cref="ApiException">file_unwritable: the link leads nowhere, or in a circle.</exception>
    public static string Of(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnwritable(path, exception.Message, exception);
        }
    }

    /// <summary>Makes a file that is not there yet, with the permissions of another from its first moment on.</summary>
    public static FileStream Create(string path, string like)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }
        UnixFileMode mode = File.GetUnixFileMode(like);
        options.UnixCreateMode = mode;
        FileStream file = new(path, options);
        // What the process's umask took away.
        File.SetUnixFileMode(path, mode);
        return file;
    }
#else
    /// <summary>The file itself. The framework can follow a link since .NET 6 alone, so here a link is refused.</summary>
    /// <exception cref="ApiException">file_unwritable: it is a link.</exception>
    public static string Of(string path) =>
        (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0
            ? path
            : throw ApiErrors.FileUnwritable(path, "it is a link, which Windows PowerShell cannot follow: give the file that it leads to.");

    /// <summary>Makes a file that is not there yet. On Windows, File.Replace gives it the permissions of the one that it replaces.</summary>
    public static FileStream Create(string path, string like) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
#endif
}
