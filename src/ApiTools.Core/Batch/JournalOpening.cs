using ApiTools.Errors;

namespace ApiTools.Batch;

/// <summary>Opens a journal: locks it, reads it, heals its end, and begins the job in it where that is another than before.</summary>
internal sealed class JournalOpening(string path, JobDescription job) : IDisposable
{
    public string Path => path;

    public JobDescription Job => job;

    public JournalLock? Lock { get; private set; }

    /// <summary>The file, to read lines again from.</summary>
    public FileStream? Reading { get; private set; }

    /// <summary>The file, to append to.</summary>
    public FileStream? Writing { get; private set; }

    public JournalIndex? Index { get; private set; }

    public long HealedBytes { get; private set; }

    public bool StartsNewJob { get; private set; }

    public IReadOnlyList<JobChange> Changes { get; private set; } = [];

    /// <summary>Opens the file for writing beside those who read it.</summary>
    public static FileStream OpenForWriting(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);

    /// <summary>Does all of it. Where it fails, <see cref="Dispose"/> gives back what was taken.</summary>
    /// <exception cref="ApiException">journal_in_use, journal_damaged, journal_unwritable, not_a_journal, file_unreadable.</exception>
    public async Task RunAsync(Func<string, FileStream> open, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw ApiErrors.NotAJournal(path, "it is a folder.");
        }
        Lock = await JournalLock.AcquireAsync(path, time, cancellationToken).ConfigureAwait(false);
        OpenFiles(open);
        if (!Writing!.CanSeek)
        {
            throw ApiErrors.NotAJournal(path, "it is a pipe or a device.");
        }
        JournalScan scan = new(Reading!, path);
        await scan.RunAsync(cancellationToken).ConfigureAwait(false);
        Index = scan.Index;
        StartsNewJob = scan.Job is not null && scan.Job.Fingerprint != job.Fingerprint;
        Changes = StartsNewJob ? job.ChangesFrom(scan.Job!) : [];
        try
        {
            Prepare(scan, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ApiErrors.JournalUnwritable(path, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Writing?.Dispose();
        Reading?.Dispose();
        Lock?.Dispose();
    }

    private void OpenFiles(Func<string, FileStream> open)
    {
        try
        {
            Writing = open(path);
            Reading = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ApiErrors.JournalUnwritable(path, exception.Message, exception);
        }
    }

    // Only what is whole and known to be a journal is written behind.
    private void Prepare(JournalScan scan, TimeProvider time)
    {
        FileStream file = Writing!;
        HealedBytes = file.Length - scan.WholeBytes;
        bool begins = scan.Job?.Fingerprint != job.Fingerprint;
        if (HealedBytes == 0 && !scan.LacksLineFeed && !begins)
        {
            return;
        }
        file.SetLength(scan.WholeBytes);
        file.Position = scan.WholeBytes;
        if (scan.LacksLineFeed)
        {
            file.Write([(byte)'\n'], 0, 1);
        }
        if (begins)
        {
            byte[] header = JournalHeader.Write(job, time.GetUtcNow());
            file.Write(header, 0, header.Length);
        }
        file.Flush(flushToDisk: true);
    }
}
