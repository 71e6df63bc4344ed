using ApiTools.Streams;
using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>Copies a file of one request a line (JSON Lines), each line rewritten; line ends, blank lines and lines that are too long stay. One line at a time is held.</summary>
internal static class LineRewriter
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Copies the lines.</summary>
    /// <param name="path">The file to read.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="rewrite">What to make of a line that holds anything, with its number from 1; a carriage return at its end is part of it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ApiException">file_unreadable: the file cannot be read on.</exception>
    public static Task CopyAsync(string path, Stream target, Func<byte[], int, byte[]> rewrite, CancellationToken cancellationToken) =>
        CopyAsync(path, target, InputFile.MaximumRequestBytes, rewrite, cancellationToken);

    /// <summary>Copies the lines.</summary>
    /// <param name="path">The file to read.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="maximumLineBytes">The longest line that is rewritten.</param>
    /// <param name="rewrite">What to make of a line that holds anything, with its number from 1; a carriage return at its end is part of it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ApiException">file_unreadable: the file cannot be read on.</exception>
    public static async Task CopyAsync(
        string path, Stream target, int maximumLineBytes, Func<byte[], int, byte[]> rewrite, CancellationToken cancellationToken)
    {
        using FileStream source = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        using MemoryStream line = new();
        byte[] buffer = new byte[65_536];
        bool isTooLong = false;
        int number = 1;
        int count;
        while ((count = await InputFile.ReadPieceAsync(source, path, buffer, 0, cancellationToken).ConfigureAwait(false)) > 0)
        {
            int start = 0;
            while (start < count)
            {
                int length = buffer.AsSpan(start, count - start).IndexOf(LineEnd);
                int taken = length < 0 ? count - start : length;
                line.Write(buffer, start, taken);
                start += taken;
                isTooLong |= line.Length > maximumLineBytes;
                if (isTooLong)
                {
                    await WriteAsync(target, line, number, Same, cancellationToken).ConfigureAwait(false);
                }
                if (length >= 0)
                {
                    start++;
                    await WriteAsync(target, line, number++, rewrite, cancellationToken).ConfigureAwait(false);
                    target.WriteByte(LineEnd);
                    isTooLong = false;
                }
            }
        }
        await WriteAsync(target, line, number, rewrite, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Same(byte[] line, int number) => line;

    private static async Task WriteAsync(Stream target, MemoryStream line, int number, Func<byte[], int, byte[]> rewrite, CancellationToken cancellationToken)
    {
        byte[] text = line.ToArray();
        line.SetLength(0);
        if (Array.Exists(text, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r')))
        {
            text = rewrite(text, number);
        }
        await target.WriteAllAsync(text, cancellationToken).ConfigureAwait(false);
    }
}
