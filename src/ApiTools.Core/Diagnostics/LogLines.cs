using ApiTools.Errors;
using ApiTools.Streams;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>Cuts a file into lines, in as much memory as its longest line takes, up to a bound: a longer one is passed over.</summary>
/// <param name="file">The open file; it stays open.</param>
/// <param name="path">Its path, for errors.</param>
internal sealed class LogLines(Stream file, string path)
{
    /// <summary>The longest line that is read, in bytes: two bodies of the most characters that are written, each escaped.</summary>
    public const int MaximumLineBytes = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _next;
    private int _searched;
    private int _filled;
    private bool _atEnd;
    private bool _tooLong;

    /// <summary>The line, without its line feed; empty for one that is too long. It holds until the next is read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(LineStart, LineLength);

    /// <summary>True within a line that is longer than is read, whose end is still to come.</summary>
    public bool IsPassingOver => _tooLong;

    /// <summary>Its number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Whether it is longer than is read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>False for a last line that no line feed ends.</summary>
    public bool IsTerminated { get; private set; }

    private int LineStart { get; set; }

    private int LineLength { get; set; }

    /// <summary>Takes the next line that is in memory; false where more has to be read first.</summary>
    public bool TryTake()
    {
        int length = _buffer.AsSpan(_searched, _filled - _searched).IndexOf((byte)'\n');
        if (length >= 0)
        {
            Take(_searched + length, isTerminated: true);
            return true;
        }
        _searched = _filled;
        if (_atEnd && (_filled > _next || _tooLong))
        {
            Take(_filled, isTerminated: false);
            return true;
        }
        return false;
    }

    /// <summary>Reads on; false at the end.</summary>
    /// <exception cref="ApiException">file_unreadable.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_atEnd)
        {
            return false;
        }
        MakeRoom();
        try
        {
            int count = await file.ReadSomeAsync(_buffer, _filled, _buffer.Length - _filled, cancellationToken).ConfigureAwait(false);
            _filled += count;
            _atEnd = count == 0;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiErrors.FileUnreadable(path, exception.Message, exception);
        }
    }

    private void Take(int end, bool isTerminated)
    {
        Number++;
        LineStart = _next;
        if (Number == 1 && _buffer.AsSpan(_next, end - _next).StartsWith(Utf8Text.ByteOrderMark))
        {
            LineStart += Utf8Text.ByteOrderMark.Length;
        }
        LineLength = end - LineStart;
        if (LineLength > 0 && _buffer[end - 1] == '\r')
        {
            LineLength--;
        }
        IsTooLong = _tooLong;
        LineLength = _tooLong ? 0 : LineLength;
        _tooLong = false;
        IsTerminated = isTerminated;
        _next = _searched = end + (isTerminated ? 1 : 0);
    }

    // What is not read yet moves to the front; where that is all, the buffer doubles, and of what is too long nothing is kept.
    private void MakeRoom()
    {
        int kept = _filled - _next;
        if (_tooLong || kept > MaximumLineBytes)
        {
            _tooLong = true;
            kept = 0;
        }
        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_next, kept).CopyTo(target);
        _buffer = target;
        _next = 0;
        _searched = _filled = kept;
    }
}
