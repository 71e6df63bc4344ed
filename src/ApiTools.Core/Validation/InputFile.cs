using System.Globalization;
using ApiTools.Errors;
using ApiTools.Streams;

namespace ApiTools.Validation;

/// <summary>Opens and reads the files that people name; what cannot be read is a typed error that says why.</summary>
internal static class InputFile
{
    /// <summary>The largest request that is read, in bytes: services take less than half of it.</summary>
    public const int MaximumRequestBytes = 128 * 1024 * 1024;

    private const int BufferBytes = 65_536;
    private const int LookedAtForNul = 8_192;

    /// <summary>Opens a file for reading from its beginning to its end. A pipe's opening waits until somebody writes to it: see <see cref="OpenAsync"/>.</summary>
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

    /// <summary>Opens a file, also a pipe that nobody writes to yet: the waiting can be cancelled.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public static async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OpensAtOnce(path))
        {
            return Open(path);
        }
        // A thread of its own: one of the pool's might stand there for ever.
        Task<FileStream> opening = Task.Factory.StartNew(() => Open(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await AbandonedWork.WaitAsync(opening, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = CloseAsync(opening);
            throw;
        }
    }

    /// <summary>Reads a whole file of text.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable: it is not there, too large, or binary, or somebody is writing it.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using FileStream file = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(file, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is left of a file of text.</summary>
    /// <exception cref="ApiException">file_unreadable: it is too large, or binary, or somebody is writing it.</exception>
    public static async Task<byte[]> ReadAsync(Stream file, string path, CancellationToken cancellationToken)
    {
        // A device's length is 0, and so is that of a file of the system's (/proc).
        long length = file.CanSeek ? file.Length : 0;
        if (length > MaximumRequestBytes)
        {
            throw TooLarge(path);
        }
        byte[] content = new byte[length > 0 ? (int)length + 1 : BufferBytes];
        int read = 0;
        while (await ReadPieceAsync(file, path, content, read, cancellationToken).ConfigureAwait(false) is int count and > 0)
        {
            if (read == 0)
            {
                RefuseBinary(path, content.AsSpan(0, count));
            }
            read += count;
            if (length > 0 && read > length)
            {
                throw ApiErrors.FileUnreadable(path, "it has grown while it was read. Is it complete?");
            }
            if (read > MaximumRequestBytes)
            {
                throw TooLarge(path);
            }
            if (read == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(read * 2L, MaximumRequestBytes + 1L));
            }
        }
        Array.Resize(ref content, read);
        return content;
    }

    /// <summary>Reads the next piece of a file into a buffer; 0 bytes at its end. A pipe's waiting can be cancelled.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static Task<int> ReadPieceAsync(Stream file, string path, byte[] buffer, CancellationToken cancellationToken) =>
        ReadPieceAsync(file, path, buffer, 0, cancellationToken);

    /// <summary>Reads the next piece of a file into a buffer, from a place in it on; 0 bytes at its end. A pipe's waiting can be cancelled.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static async Task<int> ReadPieceAsync(Stream file, string path, byte[] buffer, int start, CancellationToken cancellationToken)
    {
        try
        {
            return file.CanSeek
                ? await file.ReadSomeAsync(buffer, start, buffer.Length - start, cancellationToken).ConfigureAwait(false)
                : await AbandonedWork
                    .WaitAsync(file.ReadSomeAsync(buffer, start, buffer.Length - start, cancellationToken).AsTask(), cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>A NUL byte near the beginning says that a file is binary, unless it is UTF-16 or UTF-32: the check of its syntax says so.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static void RefuseBinary(string path, ReadOnlySpan<byte> beginning)
    {
        if (JsonEncoding.Detect(beginning) is null && beginning.Slice(0, Math.Min(beginning.Length, LookedAtForNul)).IndexOf((byte)0) >= 0)
        {
            throw ApiErrors.FileUnreadable(path, "it is binary: there are NUL bytes in it.");
        }
    }

    /// <summary>The error for a request that is larger than is read.</summary>
    private static ApiException TooLarge(string path) => ApiErrors.FileUnreadable(path, DescribeTooLarge("a request in it"));

    /// <summary>What is wrong with a request that is larger than is read.</summary>
    public static string DescribeTooLarge(string what) =>
        $"{what} is larger than {(MaximumRequestBytes >> 20).ToString(CultureInfo.InvariantCulture)} MB, which is more than any service takes.";

    // Whatever has something in it does. A pipe's length is 0 (and so is an empty file's, which opens at once too).
    private static bool OpensAtOnce(string path)
    {
        try
        {
            FileInfo file = new(path);
            return !file.Exists || file.Length > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return true;
        }
    }

    private static async Task CloseAsync(Task<FileStream> opening)
    {
        try
        {
            (await opening.ConfigureAwait(false)).Dispose();
        }
        catch (ApiException)
        {
            // Nobody waits for it any more.
        }
    }
}
