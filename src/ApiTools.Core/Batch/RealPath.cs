namespace ApiTools.Batch;

/// <summary>Finds the one name of a file that links give several; the framework can since .NET 6.</summary>
internal static class RealPath
{
    /// <summary>The full path without links, as far as it can be found.</summary>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
#if NET8_0_OR_GREATER
        try
        {
            return Follow(new FileInfo(full));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Links in a circle, or in a folder that may not be read: whoever opens the file says so.
            return full;
        }
    }

    private static string Follow(FileSystemInfo file)
    {
        string target = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        return Path.GetDirectoryName(target) is string folder ? Path.Combine(Follow(new DirectoryInfo(folder)), Path.GetFileName(target)) : target;
    }
#else
        return full;
    }
#endif
}
