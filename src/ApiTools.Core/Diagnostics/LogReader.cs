using ApiTools.Errors;

namespace ApiTools.Diagnostics;

/// <summary>
/// Reads a log piece by piece, so that one of any length is read in constant memory, and one that is being written can be read. What is no line of a
/// log is counted and passed over; half a line at the end is what a crash leaves, or what is being written.
/// </summary>
internal sealed class LogReader : IDisposable
{
    /// <summary>How many numbers of foreign lines are kept.</summary>
    public const int MaximumNumbers = 10;

    private const int MaximumPieceItems = 512;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly LogLines _lines;
    private readonly LogEntryReader _reader = new();
    private readonly List<int> _foreign = [];

    /// <summary>Opens a log for reading.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public LogReader(string path)
    {
        _path = path;
        _file = Open(path);
        _lines = new LogLines(_file, path);
    }

    /// <summary>Opens a log for reading, on a thread of its own: a pipe that nobody writes to keeps its opener waiting, and only that thread.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public static Task<LogReader> OpenAsync(string path, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => new LogReader(path), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>How many entries were read.</summary>
    public long Entries { get; private set; }

    /// <summary>How many lines are none of a log's.</summary>
    public long ForeignLines { get; private set; }

    /// <summary>The numbers of the first of them.</summary>
    public IReadOnlyList<int> ForeignNumbers => _foreign;

    /// <summary>How many bytes at the end are half a line; known when all is read.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The next entries; null at the end.</summary>
    /// <exception cref="ApiException">file_unreadable; not_a_log: there are lines, and none is a log's.</exception>
    public async Task<IReadOnlyList<ApiLogEntry>?> ReadAsync(CancellationToken cancellationToken)
    {
        List<ApiLogEntry> piece = [];
        while (piece.Count == 0)
        {
            while (piece.Count < MaximumPieceItems && _lines.TryTake())
            {
                Add(piece);
            }
            if (piece.Count == 0 && !await _lines.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return Entries == 0 && ForeignLines > 0 ? throw ApiErrors.NotALog(_path, "none of its lines is one of a log.") : null;
            }
            // A device, or an image: its first line may have no end.
            if (Entries == 0 && piece.Count == 0 && _lines.IsPassingOver)
            {
                throw ApiErrors.NotALog(_path, "it has a line that is longer than any of a log.");
            }
        }
        return piece;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Add(List<ApiLogEntry> piece)
    {
        ReadOnlySpan<byte> line = _lines.Line;
        if (line.IsEmpty && !_lines.IsTooLong)
        {
            return;
        }
        if (_reader.Read(line) is ApiLogEntry entry)
        {
            entry.Path = _path;
            entry.Line = _lines.Number;
            Entries++;
            piece.Add(entry);
        }
        else if (!_lines.IsTerminated && !_lines.IsTooLong && LogFields.Beginning.StartsWith(line.Slice(0, Math.Min(line.Length, LogFields.Beginning.Length))))
        {
            TornBytes = line.Length;
        }
        else
        {
            ForeignLines++;
            if (_foreign.Count < MaximumNumbers)
            {
                _foreign.Add(_lines.Number);
            }
        }
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.FileUnreadable(path, "it is a folder.");
        }
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
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
}
