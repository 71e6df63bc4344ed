using ApiTools.Errors;

namespace ApiTools.Validation;

/// <summary>
/// Reads a file of one request a line (JSON Lines), piece by piece, so that a file of any length is read in constant memory. Of a file that grows
/// meanwhile, the lines are read that had begun when it was opened.
/// </summary>
internal sealed class RequestLines(string path) : IDisposable
{
    private const int FirstBytes = 131_072;

    private readonly List<RequestLine> _lines = [];
    private FileStream? _file;
    private byte[] _buffer = new byte[FirstBytes];
    private long? _length;
    private long _position;
    private int _start;
    private int _searched;
    private int _end;
    private int _number;
    private bool _isTooLong;
    private bool _ended;

    /// <summary>The longest line that is read, in bytes.</summary>
    public int MaximumLineBytes { get; init; } = InputFile.MaximumRequestBytes;

    /// <summary>How much of the file has been read, 0 to 1; null where its length is not known (a pipe).</summary>
    public double? Fraction => _length is long length ? Math.Min(1, (double)_position / length) : null;

    /// <summary>Whether something was added to the file since it was opened, which is not read.</summary>
    public bool HasGrown => _length is long length && _file!.Length > length;

    /// <summary>The next lines that hold anything; null at the end of the file. Their bytes are good until the next call.</summary>
    /// <exception cref="ApiException">file_not_found; file_unreadable: it is binary, or in UTF-16.</exception>
    public async Task<IReadOnlyList<RequestLine>?> ReadAsync(CancellationToken cancellationToken)
    {
        _file ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        _lines.Clear();
        while (!_ended && _lines.Count == 0)
        {
            MakeRoom();
            int count = await InputFile.ReadPieceAsync(_file, path, _buffer, _end, cancellationToken).ConfigureAwait(false);
            if (_position == 0)
            {
                RefuseOtherThanUtf8(_buffer.AsSpan(0, count));
            }
            _position += count;
            _end += count;
            Split();
            if (count == 0)
            {
                _ended = true;
                EndLine(_end);
            }
        }
        return _lines.Count > 0 ? _lines : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        FileStream file = await InputFile.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        // A device's length is 0, and so is that of a file of the system's (/proc).
        _length = file.CanSeek && file.Length > 0 ? file.Length : null;
        return file;
    }

    private void RefuseOtherThanUtf8(ReadOnlySpan<byte> beginning)
    {
        if (JsonEncoding.FindFault(beginning) is JsonFault fault)
        {
            throw ApiErrors.FileUnreadable(path, fault.Message);
        }
        InputFile.RefuseBinary(path, beginning);
    }

    // The lines of the call before are not wanted any more; what is left is the beginning of the next.
    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _searched -= _start;
        _end -= _start;
        _start = 0;
        if (_end - 1 > MaximumLineBytes)
        {
            _isTooLong = true;
        }
        if (_isTooLong)
        {
            _end = 0;
            _searched = 0;
        }
        else if (_end == _buffer.Length)
        {
            // One past the longest line tells that it is too long, and a second may be its carriage return.
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, Math.Max(MaximumLineBytes + 2L, FirstBytes)));
        }
    }

    private void Split()
    {
        while (!_ended)
        {
            int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (length < 0)
            {
                _searched = _end;
                return;
            }
            EndLine(_searched + length);
            _searched = _start;
            _ended = _position - (_end - _start) >= _length;
        }
    }

    private void EndLine(int end)
    {
        _number++;
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, end - _start);
        _start = Math.Min(end + 1, _end);
        if (_isTooLong || line.Length > MaximumLineBytes)
        {
            _isTooLong = false;
            _lines.Add(new RequestLine(_number, default, IsTooLong: true));
        }
        else if (JsonScan.SkipBlanks(line.Span, 0) < line.Length)
        {
            _lines.Add(new RequestLine(_number, line));
        }
    }
}
