using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class JournalWriterTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_ends_the_job_and_leaves_whole_lines()
    {
        FailingFile? file = null;
        await using (JobJournal journal = await OpenAsync(path => file = new FailingFile(path, 2000)))
        {
            int written = 0;
            ApiException? error = null;
            while (error is null)
            {
                try
                {
                    await journal.AppendAsync(journal.Identify(JournalFolder.Request(written), null), JournalFolder.Answer(written));
                    written++;
                }
                catch (ApiException exception)
                {
                    error = exception;
                }
            }
            Assert.IsType<ApiFileException>(error);
            Assert.Equal(
                ("journal_unwritable", "WriteError", true, $"The journal '{_folder.File}' cannot be written: No space left on device. The answer that had come for this input is in this error's PartialContent."),
                (error.Code, error.Category, error.EndsCommand, error.Message));
            Assert.Equal(JournalFolder.Answer(written).Content, error.PartialContent);
            Assert.Equal($"The journal '{_folder.File}' cannot be written: No space left on device", journal.Failure?.Message);
            int writes = file!.Writes;
            await Assert.ThrowsAsync<ApiFileException>(() => journal.AppendAsync(journal.Identify("{}"u8, null), JournalFolder.Answer(0)));
            ApiException unrecorded = await Assert.ThrowsAsync<ApiFileException>(() => journal.AppendAsync(journal.Identify("{}"u8, null), error));
            Assert.Same(error, unrecorded.FirstError);
            Assert.Equal(writes, file.Writes);
            Assert.Equal(written + 1, ReadShared().Count(c => c == '\n'));
            Assert.EndsWith("\n", ReadShared(), StringComparison.Ordinal);
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal(0, again.HealedBytes);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(1200)]
    [InlineData(3000)]
    public async Task What_fitted_of_a_batch_is_kept_and_acknowledged(int room)
    {
        Task[] appends;
        await using (JobJournal journal = await OpenAsync(path => new FailingFile(path, room)))
        {
            appends = [.. Enumerable.Range(0, 50).Select(i => journal.AppendAsync(journal.Identify(JournalFolder.Request(i), null), JournalFolder.Answer(i)))];
            await Assert.ThrowsAnyAsync<ApiException>(() => Task.WhenAll(appends));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal(0, again.HealedBytes);
        Assert.Equal(appends.Count(append => append.IsCompletedSuccessfully), again.Answered);
        for (int i = 0; i < appends.Length; i++)
        {
            Assert.Equal(appends[i].IsCompletedSuccessfully, again.Find(again.Identify(JournalFolder.Request(i), null)) is not null);
        }
    }

    [DotNetTheory("nobody else writes to a file that is open, on Windows nor with Mono")]
    [InlineData("remove")]
    [InlineData("replace")]
    [InlineData("rename")]
    [InlineData("empty")]
    [InlineData("append")]
    public async Task A_journal_that_another_program_changes_ends_the_job_before_anything_more_is_acknowledged(string how)
    {
        if (OperatingSystem.IsWindows())
        {
            // There nobody removes, renames or replaces a file that is open.
            return;
        }
        await using JobJournal journal = await _folder.OpenAsync();
        await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), JournalFolder.Answer(1));
        Change(how);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(
            () => journal.AppendAsync(journal.Identify(JournalFolder.Request(2), null), JournalFolder.Answer(2)));
        Assert.Equal(("journal_unwritable", JournalFolder.Answer(2).Content), (error.Code, error.PartialContent));
        Assert.Contains("another program has", error.Message, StringComparison.Ordinal);
    }

    private void Change(string how)
    {
        string content = File.ReadAllText(_folder.File);
        switch (how)
        {
            case "remove":
                File.Delete(_folder.File);
                break;
            case "replace":
                File.Delete(_folder.File);
                File.WriteAllText(_folder.File, content);
                break;
            case "rename":
                File.Move(_folder.File, _folder.File + ".moved");
                break;
            default:
                using (FileStream file = new(_folder.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
                {
                    file.SetLength(how == "empty" ? 0 : file.Length + 5);
                }
                break;
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task A_flush_that_fails_acknowledges_nothing_and_leaves_nothing(int failing)
    {
        FailingFile? file = null;
        await using JobJournal journal = await OpenAsync(path => file = new FailingFile(path, long.MaxValue));
        string before = ReadShared();
        file!.FailingFlushes = failing;
        Task append = journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), JournalFolder.Answer(1));
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => append);
        Assert.Equal(("journal_unwritable", $"The journal '{_folder.File}' cannot be written: Input/output error. The answer that had come for this input is in this error's PartialContent."), (error.Code, error.Message));
        Assert.Equal(before, ReadShared());
    }

    [Fact]
    public async Task A_disk_that_is_gone_leaves_a_torn_line_that_the_next_run_heals()
    {
        await using (JobJournal journal = await OpenAsync(path => new FailingFile(path, 700) { IsGone = true }))
        {
            Task[] appends = [.. Enumerable.Range(0, 9).Select(i => journal.AppendAsync(journal.Identify(JournalFolder.Request(i), null), JournalFolder.Answer(i)))];
            await Assert.ThrowsAnyAsync<ApiException>(() => Task.WhenAll(appends));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.NotEqual(0, again.HealedBytes);
    }

    [Fact]
    public async Task A_disk_that_is_full_from_the_beginning_is_a_typed_error()
    {
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => OpenAsync(path => new FailingFile(path, 10)));
        Assert.Equal("journal_unwritable", error.Code);
        // The torn header is healed, as any torn line is.
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal(10, again.HealedBytes);
    }

    [Fact]
    public async Task Lines_that_wait_together_are_flushed_together()
    {
        FailingFile? file = null;
        await using (JobJournal journal = await OpenAsync(path => file = new FailingFile(path, long.MaxValue)))
        {
            Task[] appends = [.. Enumerable.Range(0, 2000).Select(i => journal.AppendAsync(journal.Identify(JournalFolder.Request(i), null), JournalFolder.Answer(i)))];
            await Task.WhenAll(appends);
        }
        Assert.InRange(file!.Writes, 2, 1500);
    }

    private Task<JobJournal> OpenAsync(Func<string, FileStream> open) =>
        JobJournal.OpenAsync(_folder.File, JournalFolder.Job, TimeProvider.System, open, CancellationToken.None);

    private string ReadShared()
    {
        using StreamReader reader = new(new FileStream(_folder.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
