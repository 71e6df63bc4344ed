using ApiTools.Errors;

namespace ApiTools.Files;

/// <summary>What tells whether somebody wrote to a file meanwhile: its length in bytes, and when it was last written to.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenUtc)
{
    /// <summary>The stamp of a file as it is now.</summary>
    /// <exception cref="ApiException">file_not_found.</exception>
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : throw ApiErrors.FileNotFound(path);
    }
}
