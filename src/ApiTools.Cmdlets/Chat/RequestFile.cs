using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Reads a file of requests line by line, never the whole of it.</summary>
internal static class RequestFile
{
    /// <summary>The lines.</summary>
    /// <exception cref="ApiFileException">It is not there, is a folder, or may not be read.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileUnreadable(path, "it is a folder.");
        }
        if (!File.Exists(path))
        {
            throw ApiErrors.FileNotFound(path);
        }
        StreamReader reader;
        try
        {
            reader = new StreamReader(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
        using (reader)
        {
            while (reader.ReadLine() is string line)
            {
                yield return line;
            }
        }
    }
}
