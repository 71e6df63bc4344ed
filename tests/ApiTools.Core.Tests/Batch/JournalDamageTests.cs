using System.Text;
using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class JournalDamageTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cut_at_any_byte_it_goes_on_with_every_whole_line()
    {
        byte[] whole = await MakeAsync(3, secondJob: true);
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(i => whole[i] == '\n')];
        for (int cut = 1; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(_folder.File, whole[..cut]);
            // A line that lacks its line feed alone is whole.
            int lines = ends.Count(end => end <= cut);
            bool lacksLineFeed = ends.Contains(cut);
            int wholeBytes = lines == 0 ? 0 : lacksLineFeed ? cut : ends.Last(end => end < cut) + 1;
            await using (JobJournal journal = await _folder.OpenAsync())
            {
                Assert.Equal(cut - wholeBytes, journal.HealedBytes);
                Assert.Equal(Math.Max(0, lines - 1) - (lines > 3 ? 1 : 0), journal.Answered);
                await journal.AppendAsync(journal.Identify(JournalFolder.Request(77), null), JournalFolder.Answer(77));
            }
            await using JobJournal again = await _folder.OpenAsync();
            Assert.Equal(0, again.HealedBytes);
            Assert.Equal("It is 77", again.Find(again.Identify(JournalFolder.Request(77), null))!.Completion!.Content);
        }
    }

    [Theory]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("{\"custom_id\":\"x\",\"respon\0\0\0\0\0\0")]
    [InlineData("{\"custom_id\":\"x\",\"respon\n")]
    [InlineData("{\"custom_id\":\"x\n\0\0\0\n\0\0")]
    [InlineData("{\"custom_id\":\"\u00ff")]
    public async Task What_a_power_cut_leaves_is_healed(string tail)
    {
        byte[] whole = await MakeAsync(2);
        File.WriteAllBytes(_folder.File, [.. whole, .. Encoding.Latin1.GetBytes(tail)]);
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            Assert.Equal((tail.Length, 2), ((int)journal.HealedBytes, journal.Answered));
        }
        Assert.Equal(whole, File.ReadAllBytes(_folder.File));
    }

    [Theory]
    [InlineData("{\"custom_id\":\"x\",\"response\":", "at column 29, ")]
    [InlineData("{\"custom_id\":\"x\"}", "it has neither an answer nor an error.")]
    [InlineData("{\"custom_id\":7,\"error\":{}}", "it names no input ('custom_id' is missing, or no text).")]
    [InlineData("{\"error\":{}}", "it names no input ('custom_id' is missing, or no text).")]
    [InlineData("[]", "it is JSON, but no object.")]
    [InlineData("{\"custom_id\":\"x\",\"error\":{},\"apitools\":[]}", "'apitools' is no object.")]
    [InlineData("{\"custom_id\":\"x\",\"error\":{},\"apitools\":{\"occurrence\":1}}", "'apitools' does not say which request it is ('request' or 'occurrence' is wrong).")]
    [InlineData("{\"custom_id\":\"x\",\"error\":{},\"apitools\":{\"occurrence\":1,\"request\":\"12zz\"}}", "'apitools' does not say which request it is ('request' or 'occurrence' is wrong).")]
    [InlineData("{\"custom_id\":\"x\",\"response\":{\"body\":[]}}", "its answer is no object ('response.body').")]
    [InlineData("{\"apitools_journal\":2,\"job\":{}}", "it is of version 2 of the format, and this ApiTools knows version 1.")]
    [InlineData("{\"apitools_journal\":1}", "it begins a job and does not say which ('job' is missing).")]
    [InlineData("{\"custom_id\":\"x\0\"}", "there are NUL bytes in it.")]
    public async Task A_damaged_line_in_the_middle_is_named_and_left(string line, string why)
    {
        await MakeAsync(2);
        List<string> lines = [.. _folder.Lines()];
        lines.Insert(2, line);
        File.WriteAllText(_folder.File, string.Join('\n', lines) + '\n');
        byte[] before = File.ReadAllBytes(_folder.File);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => _folder.OpenAsync());
        Assert.IsType<ApiFileException>(error);
        Assert.Equal(("journal_damaged", "InvalidData", false), (error.Code, error.Category, error.EndsCommand));
        Assert.StartsWith($"Line 3 of the journal '{_folder.File}' is damaged: {why}", error.Message, StringComparison.Ordinal);
        Assert.Equal($"Get-Content -LiteralPath '{_folder.File}' | Select-Object -Index 2", error.NextCommand);
        Assert.Equal(before, File.ReadAllBytes(_folder.File));
        Assert.False(File.Exists(_folder.File + ".lock"));
    }

    [Fact]
    public async Task No_damage_anywhere_is_more_than_a_typed_error()
    {
        byte[] whole = await MakeAsync(6, secondJob: true);
        Random random = new(3);
        for (int i = 0; i < 600; i++)
        {
            byte[] damaged = [.. whole];
            int start = random.Next(whole.Length);
            int length = Math.Min(random.Next(1, 40), whole.Length - start);
            random.NextBytes(damaged.AsSpan(start, length));
            File.WriteAllBytes(_folder.File, damaged);
            try
            {
                await using JobJournal journal = await _folder.OpenAsync();
                for (int n = 0; n < 6; n++)
                {
                    journal.Find(journal.Identify(JournalFolder.Request(n), null));
                }
            }
            catch (ApiException error)
            {
                Assert.Contains(error.Code, (string[])["journal_damaged", "not_a_journal"]);
                Assert.Equal(damaged, File.ReadAllBytes(_folder.File));
            }
        }
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("hello\n")]
    [InlineData("{}\n")]
    [InlineData("{\"custom_id\":\"x\",\"response\":null,\"error\":{}}\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("\n")]
    [InlineData("{\"api\n")]
    [InlineData("{\"apix")]
    public async Task A_file_that_is_no_journal_is_left_as_it_is(string content)
    {
        File.WriteAllText(_folder.File, content);
        ApiException error = await Assert.ThrowsAnyAsync<ApiException>(() => _folder.OpenAsync());
        Assert.Equal(
            ("not_a_journal", $"The file '{_folder.File}' is no journal: its first line does not begin a job."),
            (error.Code, error.Message));
        Assert.Equal(content, File.ReadAllText(_folder.File));
    }

    [Fact]
    public async Task A_folder_or_a_missing_one_is_a_typed_error()
    {
        ApiException folder = await Assert.ThrowsAnyAsync<ApiException>(
            () => JobJournal.OpenAsync(Path.GetDirectoryName(_folder.File)!, JournalFolder.Job, TimeProvider.System, default));
        Assert.Equal("not_a_journal", folder.Code);
        ApiException missing = await Assert.ThrowsAnyAsync<ApiException>(
            () => JobJournal.OpenAsync(_folder["none/job.jsonl"], JournalFolder.Job, TimeProvider.System, default));
        Assert.Equal(("journal_unwritable", true), (missing.Code, missing.EndsCommand));
    }

    [Fact]
    public async Task What_an_editor_leaves_is_read()
    {
        await MakeAsync(2);
        File.WriteAllText(_folder.File, string.Join("\r\n", _folder.Lines()) + "\r\n\r\n", Encoding.UTF8);
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            Assert.Equal((2, 0L), (journal.Answered, journal.HealedBytes));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(8), null), JournalFolder.Answer(8));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal("It is 1", again.Find(again.Identify(JournalFolder.Request(1), null))!.Completion!.Content);
        Assert.Equal("It is 8", again.Find(again.Identify(JournalFolder.Request(8), null))!.Completion!.Content);
    }

    [Fact]
    public async Task No_crash_loses_an_acknowledged_answer()
    {
        Random random = new(5);
        for (int round = 0; round < 25; round++)
        {
            File.Delete(_folder.File);
            SortedSet<int> acknowledged = [];
            int next = 0;
            for (int run = 0; run < 6; run++)
            {
                long acknowledgedBytes = 0;
                await using (JobJournal journal = await _folder.OpenAsync())
                {
                    for (int n = 0; n < next; n++)
                    {
                        JournalMatch? match = journal.Find(journal.Identify(JournalFolder.Request(n), null));
                        Assert.True(!acknowledged.Contains(n) || match?.Completion?.Content == "It is " + n, $"round {round}, run {run}, input {n}");
                    }
                    int known = random.Next(1, 6), lost = random.Next(0, 4);
                    for (int i = 0; i < known; i++, next++)
                    {
                        await journal.AppendAsync(journal.Identify(JournalFolder.Request(next), null), JournalFolder.Answer(next));
                        acknowledged.Add(next);
                    }
                    acknowledgedBytes = new FileInfo(_folder.File).Length;
                    for (int i = 0; i < lost; i++, next++)
                    {
                        await journal.AppendAsync(journal.Identify(JournalFolder.Request(next), null), JournalFolder.Answer(next));
                    }
                }
                using FileStream file = new(_folder.File, FileMode.Open);
                file.SetLength(random.NextInt64(acknowledgedBytes, file.Length + 1));
            }
        }
    }

    private async Task<byte[]> MakeAsync(int answers, bool secondJob = false)
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            for (int n = 0; n < (secondJob ? answers - 1 : answers); n++)
            {
                await journal.AppendAsync(journal.Identify(JournalFolder.Request(n), null), JournalFolder.Answer(n));
            }
        }
        if (secondJob)
        {
            await using JobJournal journal = await _folder.OpenAsync(new JobDescription("other", [], []));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(answers - 1), null), JournalFolder.Answer(answers - 1));
        }
        return File.ReadAllBytes(_folder.File);
    }
}
