using System.Text;
using ApiTools.Errors;

namespace ApiTools.Diagnostics;

/// <summary>Writes a small file at once or not at all.</summary>
internal static class ReportFile
{
    /// <summary>Writes the text, in UTF-8 without a mark, over what is there.</summary>
    /// <exception cref="ApiException">file_unwritable; what was there is as it was.</exception>
    public static void Write(string path, string text)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileUnwritable(path, "it is a folder.");
        }
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0)
            {
                throw ApiErrors.FileUnwritable(path, "it is read-only.");
            }
            if (path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                // A device is written to, not replaced.
                temporary = path;
            }
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: temporary != path);
            }
            if (temporary != path)
            {
                Move(temporary, path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Delete(temporary == path ? null : temporary);
            throw ApiErrors.FileUnwritable(path, exception.Message, exception);
        }
    }

#if NET8_0_OR_GREATER
    private static void Move(string from, string to) => File.Move(from, to, overwrite: true);
#else
    private static void Move(string from, string to)
    {
        if (File.Exists(to))
        {
            File.Replace(from, to, null);
        }
        else
        {
            File.Move(from, to);
        }
    }
#endif

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
