using System.Globalization;
using System.Text;
using ApiTools.Errors;
using ApiTools.Streams;

namespace ApiTools.Http;

/// <summary>
/// Reads an event stream (WHATWG HTML, 9.2.6 "Interpreting an event stream") as it arrives, cut anywhere. An event's data is handed out in
/// place, as bytes: nothing is allocated for an event.
/// </summary>
/// <remarks>Not for several threads at once. The stream stays the caller's, and its exceptions pass through.</remarks>
internal sealed class EventStreamReader
{
    /// <summary>The largest event that is read unless another size is given: 8 MiB, of its data and of any one line.</summary>
    public const int DefaultMaximumEventLength = 8 << 20;

    private const int InitialBufferLength = 16 << 10;
    private const int FieldNameRoom = 16;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly Stream _stream;
    private readonly int _maximumEventLength;

    // What has been read and not yet taken apart lies in [_start, _end); up to _scanned there is no line end in it.
    private byte[] _buffer;
    private int _start;
    private int _scanned;
    private int _end;
    private bool _afterCarriageReturn;
    private bool _firstLine = true;

    private byte[] _data = new byte[InitialBufferLength];
    private int _dataLength;
    private bool _hasData;
    private bool _tookData;
    private bool _dispatched;
    private string _pendingType = string.Empty;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The body of the answer.</param>
    /// <param name="maximumEventLength">The most bytes of an event's data, and of any one line.</param>
    public EventStreamReader(Stream stream, int maximumEventLength = DefaultMaximumEventLength)
        : this(stream, new byte[InitialBufferLength], 0, maximumEventLength)
    {
    }

    /// <summary>Makes a reader of a stream whose first bytes have been read.</summary>
    /// <param name="stream">The rest of the body.</param>
    /// <param name="begun">What has been read; the reader's own from now on.</param>
    /// <param name="begunLength">How much of that counts.</param>
    /// <param name="maximumEventLength">The most bytes of an event's data, and of any one line.</param>
    public EventStreamReader(Stream stream, byte[] begun, int begunLength, int maximumEventLength = DefaultMaximumEventLength)
    {
        _stream = stream;
        _buffer = begun;
        _end = begunLength;
        _maximumEventLength = maximumEventLength;
        BytesRead = begunLength;
    }

    /// <summary>The data of the event that was read last, UTF-8 as it came; good until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.AsMemory(0, _dispatched ? _dataLength : 0);

    /// <summary>The type of the event that was read last: <c>message</c> where it has none of its own.</summary>
    public string EventType { get; private set; } = "message";

    /// <summary>The last <c>id</c> of the stream so far; empty where there was none.</summary>
    public string LastEventId { get; private set; } = string.Empty;

    /// <summary>The last <c>retry</c> of the stream so far; null where there was none.</summary>
    public TimeSpan? ReconnectionTime { get; private set; }

    /// <summary>How many bytes have come, comments included.</summary>
    public long BytesRead { get; private set; }

    /// <summary>After <see cref="EventStreamStep.End"/>: true where the stream broke off within an event, which by the standard is dropped.</summary>
    public bool EndedMidEvent { get; private set; }

    /// <summary>
    /// Reads on: the next event, or what the next bytes were if they complete none. Waits for bytes at most once.
    /// </summary>
    /// <exception cref="ApiResponseException">An event is larger than is read (<c>invalid_response</c>).</exception>
    public ValueTask<EventStreamStep> ReadAsync(CancellationToken cancellationToken)
    {
        if (_dispatched)
        {
            _dispatched = false;
            _dataLength = 0;
        }
        // Most events are in the buffer already: for those there is nothing to await.
        return TakeEvent() ? new ValueTask<EventStreamStep>(EventStreamStep.Event) : ReadMoreAsync(cancellationToken);
    }

    private async ValueTask<EventStreamStep> ReadMoreAsync(CancellationToken cancellationToken)
    {
        _tookData = false;
        MakeRoom();
        int read = await _stream.ReadSomeAsync(_buffer, _end, _buffer.Length - _end, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            EndedMidEvent = _hasData || _pendingType.Length > 0 || (_end > _start && _buffer[_start] != (byte)':');
            return EventStreamStep.End;
        }
        _end += read;
        BytesRead += read;
        return TakeEvent() ? EventStreamStep.Event : _tookData || IsWithinData ? EventStreamStep.Progress : EventStreamStep.KeepAlive;
    }

    private bool IsWithinData => _buffer.AsSpan(_start, _end - _start).StartsWith("data:"u8);

    /// <summary>Takes lines from the buffer until an event is whole; false where the buffer has no more.</summary>
    private bool TakeEvent()
    {
        while (TakeLine(out ReadOnlySpan<byte> line))
        {
            if (line.Length > 0)
            {
                TakeField(line);
            }
            else if (Dispatch())
            {
                return true;
            }
        }
        return false;
    }

    private bool TakeLine(out ReadOnlySpan<byte> line)
    {
        // The line feed of a pair that the bytes were cut through ends no line of its own.
        if (_afterCarriageReturn && _start < _end)
        {
            _afterCarriageReturn = false;
            if (_buffer[_start] == LineFeed)
            {
                _start++;
                _scanned = _start;
            }
        }
        int length = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny(LineFeed, CarriageReturn);
        if (length < 0)
        {
            _scanned = _end;
            line = default;
            return false;
        }
        int lineEnd = _scanned + length;
        line = _buffer.AsSpan(_start, lineEnd - _start);
        _afterCarriageReturn = _buffer[lineEnd] == CarriageReturn;
        _start = _scanned = lineEnd + 1;
        if (_firstLine)
        {
            _firstLine = false;
            line = line.StartsWith("\ufeff"u8) ? line.Slice(3) : line;
        }
        return true;
    }

    private void TakeField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line.Slice(0, colon);
        ReadOnlySpan<byte> value = colon < 0 ? default : line.Slice(colon + 1);
        if (value.Length > 0 && value[0] == (byte)' ')
        {
            value = value.Slice(1);
        }
        if (name.SequenceEqual("data"u8))
        {
            AppendData(value);
        }
        else if (name.SequenceEqual("event"u8))
        {
            _pendingType = Text(value);
        }
        else if (name.SequenceEqual("id"u8) && value.IndexOf((byte)0) < 0)
        {
            LastEventId = Text(value);
        }
        else if (name.SequenceEqual("retry"u8)
            && int.TryParse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
        {
            ReconnectionTime = TimeSpan.FromMilliseconds(milliseconds);
        }
    }

    private void AppendData(ReadOnlySpan<byte> value)
    {
        int length = _dataLength + (_hasData ? 1 : 0) + value.Length;
        if (length > _maximumEventLength)
        {
            throw ApiErrors.EventTooLarge(_maximumEventLength);
        }
        if (length > _data.Length)
        {
            Array.Resize(ref _data, (int)Math.Max(length, Math.Min(_data.Length * 2L, _maximumEventLength)));
        }
        if (_hasData)
        {
            _data[_dataLength++] = LineFeed;
        }
        value.CopyTo(_data.AsSpan(_dataLength));
        _dataLength = length;
        _hasData = true;
        _tookData = true;
    }

    /// <summary>At a blank line: an event with data is handed out, one without is forgotten.</summary>
    private bool Dispatch()
    {
        _dispatched = _hasData;
        if (_hasData)
        {
            EventType = _pendingType.Length == 0 ? "message" : _pendingType;
        }
        _hasData = false;
        _pendingType = string.Empty;
        return _dispatched;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            int longestLine = Math.Max(InitialBufferLength, _maximumEventLength + FieldNameRoom);
            if (_end >= longestLine)
            {
                throw ApiErrors.EventTooLarge(_maximumEventLength);
            }
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, longestLine));
        }
    }

    private static string Text(ReadOnlySpan<byte> utf8) => utf8.Length == 0 ? string.Empty : Encoding.UTF8.GetString(utf8.ToArray());
}
