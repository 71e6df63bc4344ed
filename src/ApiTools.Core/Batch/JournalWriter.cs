using System.Threading.Channels;
using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>
/// Appends lines to a journal. One writer takes all lines that wait, writes them, and flushes them to the disk at once: a flush costs the same for one
/// line as for a hundred. The first write that fails is the last: every line after it fails with the same error.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private const int MaximumBatchBytes = 4 * 1024 * 1024;

    private readonly Channel<JournalWrite> _waiting = Channel.CreateUnbounded<JournalWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<JournalWrite> _batch = [];
    private readonly MemoryStream _bytes = new();
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string _realPath;
    private readonly Task _writing;
    private long _length;
    private volatile ApiException? _failure;

    /// <summary>Begins to write behind what is in a file.</summary>
    /// <param name="file">The open file, which is closed at the end.</param>
    /// <param name="path">Its path, for errors.</param>
    public JournalWriter(FileStream file, string path)
    {
        _file = file;
        _path = path;
        _realPath = RealPath.Of(path);
        _length = file.Length;
        _writing = WriteAllAsync();
    }

    /// <summary>What made it unwritable; null while it is not.</summary>
    public ApiException? Failure => _failure;

    /// <summary>Appends a line. The task ends when the line is on the disk, and not before.</summary>
    /// <exception cref="ApiException">journal_unwritable.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public Task AppendAsync(byte[] line)
    {
        JournalWrite write = new(line);
        return _waiting.Writer.TryWrite(write)
            ? write.Done
            : Task.FromException(_failure as Exception ?? new ObjectDisposedException(nameof(JobJournal)));
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _file.Dispose();
        _bytes.Dispose();
    }

    private async Task WriteAllAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TakeBatch();
            if (_failure is null)
            {
                WriteBatch();
            }
            FinishBatch();
        }
    }

    private void TakeBatch()
    {
        _batch.Clear();
        _bytes.SetLength(0);
        while (_bytes.Length < MaximumBatchBytes && _waiting.Reader.TryRead(out JournalWrite? write))
        {
            _batch.Add(write);
            _bytes.Write(write.Line, 0, write.Line.Length);
        }
    }

    // The one place where whatever a disk does becomes a typed error.
    private void WriteBatch()
    {
        bool isWritten = false;
        try
        {
            if (_file.Length != _length)
            {
                // Written behind, there would be a hole, or another's lines.
                Fail(new IOException("another program has changed it."));
                return;
            }
            _file.Position = _length;
            _file.Write(_bytes.GetBuffer(), 0, (int)_bytes.Length);
            isWritten = true;
            _file.Flush(flushToDisk: true);
            _length += _bytes.Length;
            if (IsReplaced)
            {
                Fail(new IOException("another program has removed or replaced it."));
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            KeepWholeLines(isWritten);
        }
    }

    private void Fail(Exception exception)
    {
        _failure = ApiErrors.JournalUnwritable(_path, exception.Message, exception);
        _waiting.Writer.TryComplete();
    }

    // On Unix a file may be removed or replaced under its name while it is open, and what is written to it is lost: the name's file is no longer as
    // long as this one. Windows lets nobody do that, and tells the length of an open file late.
    private bool IsReplaced
    {
        get
        {
            if (Path.DirectorySeparatorChar != '/')
            {
                return false;
            }
            FileInfo named = new(_realPath);
            return !named.Exists || named.Length != _length;
        }
    }

    // What was written before the disk was full is paid for and can be kept; the line that is cut is taken back. So is all of it where the flush
    // failed: the system may have dropped what it could not write, and of that a second flush says nothing (fsync(2), EIO).
    private void KeepWholeLines(bool flushFailed)
    {
        int kept = 0;
        try
        {
            long end = _length;
            while (!flushFailed && kept < _batch.Count && end + _batch[kept].Line.Length <= _file.Length)
            {
                end += _batch[kept++].Line.Length;
            }
            _file.SetLength(end);
            _file.Flush(flushToDisk: true);
        }
        catch (Exception)
        {
            // Not even that: the next run heals the end. None of these lines is known to be on the disk.
            kept = 0;
        }
        _batch.GetRange(0, kept).ForEach(write => write.Succeed());
        _batch.RemoveRange(0, kept);
    }

    private void FinishBatch()
    {
        foreach (JournalWrite write in _batch)
        {
            if (_failure is ApiException failure)
            {
                write.Fail(failure);
            }
            else
            {
                write.Succeed();
            }
        }
    }
}
