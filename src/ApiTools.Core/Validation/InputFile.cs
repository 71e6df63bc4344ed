using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>Opens and reads the files that people name; what cannot be read is a typed error that says why.</summary>
internal static class InputFile
{
    /// <summary>The largest request that is read, in bytes: services take a tenth of it.</summary>
    public const int MaximumRequestBytes = 512 * 1024 * 1024;

    private const int BufferBytes = 65_536;
    private const int LookedAtForNul = 8_192;

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileUnreadable(path, "it is a folder.");
        }
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ApiErrors.FileNotFound(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>Reads a whole file of text.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable: it is not there, too large, or binary.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using FileStream file = Open(path);
        if (file.CanSeek && file.Length > MaximumRequestBytes)
        {
            throw TooLarge(path);
        }
        using MemoryStream content = new();
        byte[] buffer = new byte[BufferBytes];
        while (await ReadPieceAsync(file, path, buffer, cancellationToken).ConfigureAwait(false) is int count and > 0)
        {
            if (content.Length + count > MaximumRequestBytes)
            {
                throw TooLarge(path);
            }
            if (content.Length == 0)
            {
                RefuseBinary(path, buffer.AsSpan(0, count));
            }
            content.Write(buffer, 0, count);
        }
        return content.ToArray();
    }

    /// <summary>Reads the next piece of a file; 0 bytes at its end.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static async Task<int> ReadPieceAsync(FileStream file, string path, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
#pragma warning disable CA1835 // netstandard2.0 has no overload over Memory.
            return await file.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>A NUL byte near the beginning says that a file is binary, unless a mark says that it is UTF-16.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static void RefuseBinary(string path, ReadOnlySpan<byte> beginning)
    {
        bool utf16 = beginning.Length >= 2 && ((beginning[0] == 0xff && beginning[1] == 0xfe) || (beginning[0] == 0xfe && beginning[1] == 0xff));
        if (!utf16 && beginning.Slice(0, Math.Min(beginning.Length, LookedAtForNul)).IndexOf((byte)0) >= 0)
        {
            throw ApiErrors.FileUnreadable(path, "it is binary, or text in an encoding without a mark: there are NUL bytes in it.");
        }
    }

    /// <summary>The error for a request that is larger than is read.</summary>
    public static ApiException TooLarge(string path) =>
        ApiErrors.FileUnreadable(path, $"a request in it is larger than {MaximumRequestBytes / (1024 * 1024)} MB.");
}
