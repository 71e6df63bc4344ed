using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class JournalLockTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_journal_has_one_writer()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            Assert.True(JournalLock.IsHeld(_folder.File));
            ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => _folder.OpenAsync());
            Assert.IsType<ApiFileException>(error);
            Assert.Equal(
                ("journal_in_use", "ResourceBusy", $"The journal '{_folder.File}' is in use: another command of this process writes to it."),
                (error.Code, error.Category, error.Message));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), JournalFolder.Answer(1));
        }
        Assert.False(JournalLock.IsHeld(_folder.File));
        Assert.False(File.Exists(_folder.File + ".lock"));
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal(1, again.Answered);
    }

#if NET
    [PowerShell7Fact("it cannot follow links: .NET Framework has no way to")]
    public async Task By_a_link_it_is_the_same_journal()
    {
        File.CreateSymbolicLink(_folder["link.jsonl"], _folder.File);
        Directory.CreateSymbolicLink(_folder["folder"], Path.GetDirectoryName(_folder.File)!);
        await using JobJournal journal = await _folder.OpenAsync();
        foreach (string other in new[] { _folder["link.jsonl"], _folder["folder/link.jsonl"], _folder["./folder/../folder/job.jsonl"] })
        {
            ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => JobJournal.OpenAsync(other, JournalFolder.Job, TimeProvider.System, default));
            Assert.Equal("journal_in_use", error.Code);
        }
    }
#endif

    [Fact]
    public async Task Whoever_holds_it_is_named()
    {
        // As another process would: the lock without this process knowing of it.
        using (FileStream other = new(_folder.File + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            other.SetLength(Environment.ProcessId);
            Assert.True(JournalLock.IsHeld(_folder.File));
            ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => _folder.OpenAsync());
            Assert.Equal("journal_in_use", error.Code);
            Assert.StartsWith($"The journal '{_folder.File}' is in use: process {Environment.ProcessId} (", error.Message, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder.File));
    }

    [Fact]
    public async Task A_lock_that_a_crash_left_behind_is_taken_over()
    {
        using (FileStream left = new(_folder.File + ".lock", FileMode.Create))
        {
            left.SetLength(4_000_000);
        }
        Assert.False(JournalLock.IsHeld(_folder.File));
        await using JobJournal journal = await _folder.OpenAsync();
        Assert.True(JournalLock.IsHeld(_folder.File));
    }

    [Fact]
    public async Task It_can_be_read_while_it_is_written()
    {
        await using JobJournal journal = await _folder.OpenAsync();
        await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), JournalFolder.Answer(1));
        using JournalReader reader = new(_folder.File);
        Assert.Equal("It is 1", Assert.Single((await reader.ReadAsync(default))!).Entry!.Content);
        Assert.Null(await reader.ReadAsync(default));
        await journal.AppendAsync(journal.Identify(JournalFolder.Request(2), null), JournalFolder.Answer(2));
    }

    [Fact]
    public async Task Closed_twice_it_leaves_the_next_ones_lock_alone()
    {
        JobJournal first = await _folder.OpenAsync();
        await first.DisposeAsync();
        await using JobJournal second = await _folder.OpenAsync();
        first.Dispose();
        Assert.True(File.Exists(_folder.File + ".lock"));
        Assert.True(JournalLock.IsHeld(_folder.File));
    }

    [Fact]
    public async Task An_opening_that_is_cancelled_or_fails_gives_it_back()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => JobJournal.OpenAsync(_folder.File, JournalFolder.Job, TimeProvider.System, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<ApiException>(
            () => JobJournal.OpenAsync(_folder.File, JournalFolder.Job, TimeProvider.System, _ => throw new IOException("no"), default));
        Assert.False(File.Exists(_folder.File + ".lock"));
        await using JobJournal journal = await _folder.OpenAsync();
    }

    [Fact]
    public async Task Many_that_want_it_get_it_one_after_another()
    {
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int got = 0; got < 20;)
            {
                try
                {
                    using JournalLock held = await JournalLock.AcquireAsync(_folder.File, TimeProvider.System, default);
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    Interlocked.Decrement(ref inside);
                    got++;
                }
                catch (ApiException error)
                {
                    Assert.Equal("journal_in_use", error.Code);
                    await Task.Yield();
                }
            }
        })));
        Assert.False(File.Exists(_folder.File + ".lock"));
    }
}
