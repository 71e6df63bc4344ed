namespace ApiTools.Diagnostics;

/// <summary>How a log's file is opened: for its owner alone where it is made, since it may hold prompts.</summary>
internal static class LogFileMode
{
#if NET8_0_OR_GREATER
    /// <summary>Opens it to read its end and to write behind it, or makes it.</summary>
    public static FileStream Open(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }
#else
    /// <summary>Opens it to read its end and to write behind it, or makes it.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1);
#endif
}
