using ApiTools.Errors;
using ApiTools.Streams;
using ApiTools.Text;

namespace ApiTools.Batch;

/// <summary>Reads a journal line by line from its beginning, in as much memory as its longest line takes.</summary>
/// <param name="file">The open file; it stays open.</param>
/// <param name="path">Its path, for errors.</param>
internal sealed class JournalLines(Stream file, string path)
{
    private const int BufferBytes = 256 * 1024;

    // Not rented: a reader whose command is stopped is disposed of while its last read may still be under way, into this.
    private byte[] _buffer = new byte[BufferBytes];
    private int _next;
    private int _searched;
    private int _filled;
    private long _bufferOffset;
    private bool _atEnd;

    /// <summary>The line that was read, without the line feed; it holds until the next is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Where it begins in the file, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>False for a last line that no line feed ends.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>True where nothing but blanks stands in it.</summary>
    public bool IsBlank => IsOnly(" \t\r"u8);

    /// <summary>True where nothing but blanks and NULs stands in it, as a file system may leave the end of a file at a power cut.</summary>
    public bool IsVoid => IsOnly(" \t\r\0"u8);

    /// <summary>Reads the next line; false at the end.</summary>
    /// <exception cref="ApiException">file_unreadable; journal_damaged: a line is longer than is read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_searched, _filled - _searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(_searched + length, isTerminated: true);
            }
            _searched = _filled;
            if (_atEnd)
            {
                return _filled > _next && Take(_filled, isTerminated: false);
            }
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Take(int end, bool isTerminated)
    {
        int start = _next;
        Number++;
        if (Number == 1 && _buffer.AsSpan(start, end - start).StartsWith(Utf8Text.ByteOrderMark))
        {
            start += Utf8Text.ByteOrderMark.Length;
        }
        Line = _buffer.AsMemory(start, end - start);
        Offset = _bufferOffset + start;
        IsTerminated = isTerminated;
        _next = _searched = end + (isTerminated ? 1 : 0);
        return true;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        try
        {
            int count = await file.ReadSomeAsync(_buffer, _filled, _buffer.Length - _filled, cancellationToken).ConfigureAwait(false);
            _filled += count;
            _atEnd = count == 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    // What is not read yet moves to the front; where that is all, the buffer doubles.
    private void MakeRoom()
    {
        int kept = _filled - _next;
        if (kept > JournalFormat.MaximumLineBytes)
        {
            throw ApiErrors.JournalDamaged(path, Number + 1, $"it is longer than {JournalFormat.MaximumLineBytes / (1024 * 1024)} MB.");
        }
        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_next, kept).CopyTo(target);
        _buffer = target;
        _bufferOffset += _next;
        _searched -= _next;
        _filled = kept;
        _next = 0;
    }

    private bool IsOnly(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in Line.Span)
        {
            if (bytes.IndexOf(b) < 0)
            {
                return false;
            }
        }
        return true;
    }
}
