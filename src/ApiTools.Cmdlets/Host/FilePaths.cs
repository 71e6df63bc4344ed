using System.Management.Automation;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>Turns what a person gives for <c>-Path</c> and <c>-LiteralPath</c> into full paths of files.</summary>
internal static class FilePaths
{
    /// <summary>The files that a path with wildcards names.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable: there is none, or it is in another provider than the file system.</exception>
    public static IReadOnlyList<string> Resolve(SessionState session, string path)
    {
        try
        {
            List<string> files = [.. session.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider)];
            RefuseOtherProvider(path, provider);
            return files.Count > 0 ? files : throw ApiErrors.FileNotFound(path);
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw ApiErrors.FileNotFound(path);
        }
        catch (WildcardPatternException)
        {
            throw ApiErrors.FileUnreadable(path, "it is no valid pattern; -LiteralPath takes a name as it is.");
        }
    }

    /// <summary>The file that a path names, taken as it is; it need not be there.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable: there is no such drive, or it is in another provider than the file system.</exception>
    public static string Full(SessionState session, string path)
    {
        if (path.IndexOf('\0') >= 0)
        {
            throw ApiErrors.FileUnreadable(path, "no file has a NUL character in its name.");
        }
        try
        {
            string file = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            RefuseOtherProvider(path, provider);
            return file;
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw ApiErrors.FileNotFound(path);
        }
    }

    /// <summary>The file to write: as of Export-Csv, wildcards name one that is there.</summary>
    /// <exception cref="ApiException">As of the others; file_unwritable where a pattern names several.</exception>
    public static string ToWrite(SessionState session, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return Full(session, path);
        }
        IReadOnlyList<string> files = Resolve(session, path);
        return files.Count == 1 ? files[0] : throw ApiErrors.FileNotWritten(path, $"the pattern names {files.Count} files.");
    }

    /// <summary>Whether a text that ought to be JSON is the name of a file that is there.</summary>
    public static bool IsFile(SessionState session, string text)
    {
        const int LongestName = 1024;
        try
        {
            return text.Length is > 0 and <= LongestName && text[0] is not ('{' or '[' or '"') && File.Exists(Full(session, text));
        }
        catch (Exception exception) when (exception is ApiException or RuntimeException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>A path as a person would write it from here: without the current folder before it.</summary>
    public static string Shorten(SessionState session, string path) => Shorten(session.Path.CurrentFileSystemLocation.ProviderPath, path);

    /// <summary>A path without a folder before it.</summary>
    public static string Shorten(string here, string path)
    {
        string folder = here.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length ? path.Substring(folder.Length) : path;
    }

    private static void RefuseOtherProvider(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw ApiErrors.FileUnreadable(path, $"it is in PowerShell's {provider.Name}, not in the file system.");
        }
    }
}
