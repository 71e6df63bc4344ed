namespace ApiTools.Validation;

/// <summary>Reads a file of one request a line (JSON Lines), piece by piece, so that a file of any length is read in constant memory.</summary>
internal sealed class RequestLines(string path) : IDisposable
{
    private readonly FileStream _file = InputFile.Open(path);
    private readonly byte[] _buffer = new byte[65_536];
    private readonly MemoryStream _line = new();
    private int _number;
    private bool _begun;
    private bool _ended;
    private long _position;

    /// <summary>How much of the file has been read, 0 to 1; null where its length is not known (a pipe).</summary>
    public double? Fraction => _file.CanSeek && _file.Length is long length and > 0 ? Math.Min(1, (double)_position / length) : null;

    /// <summary>The next lines that hold anything, each with its number from 1; null at the end of the file.</summary>
    /// <exception cref="ApiException">file_unreadable: it is binary, or a line is too long.</exception>
    public async Task<IReadOnlyList<(int Number, byte[] Json)>?> ReadAsync(CancellationToken cancellationToken)
    {
        List<(int Number, byte[] Json)> lines = [];
        while (!_ended && lines.Count == 0)
        {
            int count = await InputFile.ReadPieceAsync(_file, path, _buffer, cancellationToken).ConfigureAwait(false);
            _position += count;
            if (!_begun)
            {
                InputFile.RefuseBinary(path, _buffer.AsSpan(0, count));
                _begun = true;
            }
            Split(count, lines);
            if (count == 0)
            {
                _ended = true;
                EndLine(lines);
            }
        }
        return lines.Count > 0 ? lines : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _line.Dispose();
    }

    private void Split(int count, List<(int Number, byte[] Json)> lines)
    {
        int start = 0;
        while (start < count)
        {
            int length = _buffer.AsSpan(start, count - start).IndexOf((byte)'\n');
            int taken = length < 0 ? count - start : length;
            if (_line.Length + taken > InputFile.MaximumRequestBytes)
            {
                throw InputFile.TooLarge(path);
            }
            _line.Write(_buffer, start, taken);
            start += taken + 1;
            if (length >= 0)
            {
                EndLine(lines);
            }
        }
    }

    private void EndLine(List<(int Number, byte[] Json)> lines)
    {
        _number++;
        byte[] line = _line.ToArray();
        _line.SetLength(0);
        if (Array.Exists(line, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r')))
        {
            lines.Add((_number, line));
        }
    }
}
