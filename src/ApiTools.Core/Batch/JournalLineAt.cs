using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>Reads one line of a journal again, by where it begins.</summary>
internal static class JournalLineAt
{
    private const int FirstBytes = 4096;

    /// <summary>The entry on the line; null where somebody has changed the file since.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public static JournalEntry? Read(FileStream file, long offset, string path)
    {
        try
        {
            JournalLine line = JournalLine.Read(ReadBytes(file, offset));
            return line.Fault is null && line.Version is null ? JournalEntryReader.Read(line) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    private static ReadOnlyMemory<byte> ReadBytes(FileStream file, long offset)
    {
        byte[] bytes = new byte[FirstBytes];
        int filled = 0;
        file.Position = offset;
        while (true)
        {
            int count = file.Read(bytes, filled, bytes.Length - filled);
            int end = bytes.AsSpan(filled, count).IndexOf((byte)'\n');
            if (end >= 0 || count == 0)
            {
                return bytes.AsMemory(0, end >= 0 ? filled + end : filled);
            }
            filled += count;
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, checked(bytes.Length * 2));
            }
        }
    }
}
