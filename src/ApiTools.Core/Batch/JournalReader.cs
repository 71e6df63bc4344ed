using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Validation;

namespace ApiTools.Batch;

/// <summary>
/// Reads the entries of a journal piece by piece, so that a file of any length is read in constant memory, and a journal that is being written can be
/// read. A damaged line is one failure among the entries.
/// </summary>
internal sealed class JournalReader : IDisposable
{
    private const int MaximumPieceItems = 256;
    private const int MaximumPieceBytes = 1024 * 1024;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly JournalLines _lines;
    private ApiException? _last;
    private JobDescription? _job;

    /// <summary>Opens a journal for reading.</summary>
    /// <exception cref="ApiException">file_not_found or file_unreadable.</exception>
    public JournalReader(string path)
    {
        _path = path;
        _file = InputFile.Open(path);
        _lines = new JournalLines(_file, path);
    }

    /// <summary>How many jobs have begun so far.</summary>
    public int Jobs { get; private set; }

    /// <summary>How many bytes at the end are half a line; known when all is read.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The file's length so far, in bytes.</summary>
    public long Bytes => _file.Length;

    /// <summary>The next entries and failures; null at the end.</summary>
    /// <exception cref="ApiException">not_a_journal, file_unreadable.</exception>
    public async Task<IReadOnlyList<JournalItem>?> ReadAsync(CancellationToken cancellationToken)
    {
        List<JournalItem> piece = [];
        long bytes = 0;
        while (piece.Count < MaximumPieceItems && bytes < MaximumPieceBytes)
        {
            if (!await _lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return piece.Count > 0 ? piece : null;
            }
            bytes += _lines.Line.Length;
            ReadLine(piece);
        }
        return piece;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadLine(List<JournalItem> piece)
    {
        if (_lines.Number == 1)
        {
            JournalScan.CheckBeginning(_lines, _path);
        }
        if (_last is not null)
        {
            TornBytes += _lines.IsVoid ? _lines.Line.Length : 0;
            if (_lines.IsVoid)
            {
                return;
            }
            piece.Add(new JournalItem(null, default, _last));
            _last = null;
            TornBytes = 0;
        }
        if (!_lines.IsBlank)
        {
            ReadItem(piece);
        }
    }

    private void ReadItem(List<JournalItem> piece)
    {
        JournalLine line;
        try
        {
            line = JournalLine.Read(_lines.Line);
        }
        catch (JsonException)
        {
            // It is damage only where another line follows.
            _last = ApiErrors.JournalDamaged(_path, _lines.Number, JournalScan.Describe(_lines.Line));
            TornBytes = _lines.Line.Length + (_lines.IsTerminated ? 1 : 0);
            return;
        }
        if (line.Fault is string fault)
        {
            piece.Add(new JournalItem(null, default, ApiErrors.JournalDamaged(_path, _lines.Number, fault)));
        }
        else if (line.Version is not null)
        {
            _job = JournalHeader.Read(line);
            Jobs++;
        }
        else
        {
            JournalEntry entry = JournalEntryReader.Read(line);
            entry.Job = Jobs;
            entry.Line = _lines.Number;
            piece.Add(new JournalItem(entry, line.Identify(_job?.Fingerprint ?? string.Empty), null));
        }
    }
}
