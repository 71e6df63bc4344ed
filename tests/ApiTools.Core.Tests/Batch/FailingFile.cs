namespace ApiTools.Core.Tests.Batch;

/// <summary>A file on a disk that is full after some bytes: what still fits is written, as a disk does.</summary>
internal sealed class FailingFile(string path, long room) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1)
{
    private long _room = room;

    /// <summary>How many flushes fail from now on, as on a file system that looks for room late, or on a disk that drops what it cannot write.</summary>
    public int FailingFlushes { get; set; }

    /// <summary>True to refuse a shorter length too.</summary>
    public bool IsGone { get; set; }

    public int Writes { get; private set; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Writes++;
        int fits = (int)Math.Min(count, _room);
        base.Write(buffer, offset, fits);
        _room -= fits;
        if (fits < count)
        {
            throw new IOException("No space left on device");
        }
    }

    public override void SetLength(long value)
    {
        if (IsGone && _room == 0)
        {
            throw new IOException("Input/output error");
        }
        base.SetLength(value);
    }

    public override void Flush(bool flushToDisk)
    {
        base.Flush(flushToDisk);
        if (FailingFlushes > 0)
        {
            FailingFlushes--;
            throw new IOException("Input/output error");
        }
    }
}
