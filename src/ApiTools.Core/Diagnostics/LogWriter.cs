using System.Threading.Channels;
using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>
/// Writes the requests of a process to one log. A call hands its request over and goes on; one task makes the lines and appends them. A disk that
/// is full or gone is no reason for a call to fail: what cannot be written is kept, up to a bound, and written when it can be; what is beyond
/// the bound is counted, and the next line says how many are missing.
/// </summary>
internal sealed class LogWriter : IAsyncDisposable
{
    /// <summary>How many requests may wait. A call that finds no room waits for it, once, and not for long: only a disk that hangs keeps it full.</summary>
    public const int Capacity = 4_096;

    // What bodies may wait; a request beyond it is written without its own.
    private const long MaximumBodyBytes = 64 * 1024 * 1024;

    // What an append takes, and what is kept while none succeeds.
    private const int BatchBytes = 256 * 1024;
    private const int MaximumKeptBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Channel<LogItem> _waiting = Channel.CreateBounded<LogItem>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly LogFile _file;
    private readonly TimeProvider _time;
    private readonly MemoryStream _lines = new();
    private readonly LogLineWriter _lineWriter;
    private readonly List<TaskCompletionSource<bool>> _flushes = [];
    private readonly Task _writing;
    private int _kept;
    private long _dropped;
    private long _bodyBytes;
    private long _told;
    private bool _hasWarned;
    private volatile bool _hangs;
    private string? _warning;

    /// <summary>Begins to write to a file.</summary>
    public LogWriter(LogFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        _lineWriter = new LogLineWriter(_lines);
        _writing = WriteAllAsync();
    }

    /// <summary>The file.</summary>
    public LogFile File => _file;

    /// <summary>How many requests it has lost so far.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Hands a request over.</summary>
    public ValueTask WriteAsync(RequestRecord record, bool withBodies)
    {
        LogItem item = new(record, withBodies, null);
        if (withBodies && Interlocked.Add(ref _bodyBytes, item.BodyBytes) > MaximumBodyBytes)
        {
            Interlocked.Add(ref _bodyBytes, -item.BodyBytes);
            item = item with { WithBodies = false };
        }
        return _waiting.Writer.TryWrite(item) ? default : WaitForRoomAsync(item);
    }

    /// <summary>Waits until all that was handed over is written, or could not be.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => flushed.TrySetCanceled());
        try
        {
            await _waiting.Writer.WriteAsync(new LogItem(null, false, flushed), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return;
        }
        await flushed.Task.ConfigureAwait(false);
    }

    /// <summary>True while its disk hangs: since a wait for it was in vain, it has written nothing.</summary>
    public bool Hangs => _hangs;

    /// <summary>Says that a wait for it was in vain.</summary>
    public void TellHanging()
    {
        _hangs = true;
        Warn("it has taken no line for a while: the disk is too slow, or gone.");
    }

    /// <summary>Takes no more, and writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _lineWriter.Dispose();
        _lines.Dispose();
    }

    /// <summary>What a person should know once: that the log cannot be written. Null where there is nothing, or it was taken.</summary>
    public string? TakeWarning() => Interlocked.Exchange(ref _warning, null);

    private async ValueTask WaitForRoomAsync(LogItem item)
    {
        if (!_hangs)
        {
            using CancellationTokenSource enough = new();
            using ITimer timer = _time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), enough, LongestWait, Timeout.InfiniteTimeSpan);
            try
            {
                await _waiting.Writer.WriteAsync(item, enough.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
            {
                TellHanging();
            }
        }
        Interlocked.Add(ref _bodyBytes, -item.BodyBytes);
        Drop(1);
    }

    private async Task WriteAllAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TakeBatch();
            await WriteBatchAsync().ConfigureAwait(false);
            _hangs = false;
            _flushes.ForEach(flush => flush.TrySetResult(true));
            _flushes.Clear();
        }
    }

    private void TakeBatch()
    {
        long before = _lines.Length;
        while (_lines.Length - before < BatchBytes && _waiting.Reader.TryRead(out LogItem item))
        {
            if (item.Flushed is not null)
            {
                _flushes.Add(item.Flushed);
                continue;
            }
            Interlocked.Add(ref _bodyBytes, -item.BodyBytes);
            MakeLine(item);
        }
    }

    private void MakeLine(LogItem item)
    {
        long end = _lines.Length;
        long dropped = Volatile.Read(ref _dropped);
        try
        {
            _lineWriter.Write(item.Record!, item.WithBodies, dropped > _told ? dropped : 0);
            _kept++;
            _told = dropped;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or ObjectDisposedException or OutOfMemoryException)
        {
            // A text that no JSON can hold, of which none is known: one line less, and its call goes on.
            _lines.SetLength(end);
            Drop(1);
        }
    }

    private async Task WriteBatchAsync()
    {
        if (_lines.Length == 0)
        {
            return;
        }
        try
        {
            await _file.AppendAsync(_lines.GetBuffer(), (int)_lines.Length, CancellationToken.None).ConfigureAwait(false);
            Forget();
        }
        catch (Exception exception)
        {
            Warn(exception.Message);
            if (_lines.Length > MaximumKeptBytes)
            {
                Drop(_kept);
                Forget();
            }
        }
    }

    private void Forget()
    {
        _lines.SetLength(0);
        _kept = 0;
        if (_lines.Capacity > MaximumKeptBytes)
        {
            _lines.Capacity = BatchBytes;
        }
    }

    private void Drop(int count) => Interlocked.Add(ref _dropped, count);

    private void Warn(string why)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            Volatile.Write(ref _warning, $"The log '{_file.Path}' cannot be written: {why.TrimEnd('.')}. Calls go on without it; what it misses, it counts.");
        }
    }
}
