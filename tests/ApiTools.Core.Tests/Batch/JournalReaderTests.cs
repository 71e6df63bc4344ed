using ApiTools.Batch;

namespace ApiTools.Core.Tests.Batch;

public sealed class JournalReaderTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entries_come_with_all_that_is_known_of_them()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync(journal.IdentifyByKey("k", JournalFolder.Request(1)), JournalFolder.Answer(1));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(2), null), JournalFolder.Failure("rate_limit_exceeded", 429));
        }
        JournalItem[] items = await ReadAllAsync();
        JournalEntry answer = items[0].Entry!;
        Assert.Equal(
            ("k", JournalStatus.Answered, null, 200, "gpt-4o", "It is 1", "stop", 11, 2, 1, 2, null),
            (answer.Key, answer.Status, answer.Code, answer.StatusCode, answer.Model, answer.Content, answer.FinishReason, answer.Usage?.TotalTokens, answer.Attempts, answer.Job, answer.Line, answer.Occurrence));
        Assert.InRange(answer.Time!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        JournalEntry failure = items[1].Entry!;
        Assert.Equal(
            (JournalStatus.Failed, "rate_limit_exceeded", "It failed: rate_limit_exceeded", 429, null, 1, 3),
            (failure.Status, failure.Code, failure.Message, failure.StatusCode, failure.Content, failure.Occurrence, failure.Line));
    }

    [Fact]
    public async Task Damage_is_told_between_the_entries_and_the_numbers_add_up()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            JournalInput input = journal.Identify(JournalFolder.Request(1), null);
            await journal.AppendAsync(input, JournalFolder.Failure("timeout", null));
            await journal.AppendAsync(input, JournalFolder.Answer(1));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(2), null), JournalFolder.Answer(2));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(3), null), JournalFolder.Failure("timeout", null));
        }
        List<string> lines = [.. _folder.Lines()];
        lines.Insert(2, "{\"custom_id\":");
        lines.Insert(4, "{}");
        File.WriteAllText(_folder.File, string.Join('\n', lines) + "\n{\"custom");
        JournalItem[] items = await ReadAllAsync();
        Assert.Equal([2, null, 4, null, 6, 7], items.Select(item => item.Entry?.Line));
        Assert.StartsWith($"Line 3 of the journal '{_folder.File}' is damaged: at column 14, ", items[1].Failure!.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Line 5 of the journal '{_folder.File}' is damaged: it names no input", items[3].Failure!.Message, StringComparison.Ordinal);

        JournalSummary summary = await SumAsync();
        Assert.Equal(
            (_folder.File, 1, 2, 1, 23L, "gpt-4o", false, 8L),
            (summary.Path, summary.Jobs, summary.Answered, summary.Failed, summary.Tokens, string.Join(',', summary.Models), summary.IsInUse, summary.TornBytes));
        Assert.Equal(new FileInfo(_folder.File).Length, summary.Bytes);
        Assert.Equal((items[0].Entry!.Time, items[^1].Entry!.Time), (summary.FirstTime, summary.LastTime));
    }

    [Fact]
    public async Task Another_programs_lines_are_read_too()
    {
        await using (await _folder.OpenAsync())
        {
        }
        File.AppendAllText(_folder.File, """
            {"id":"batch_req_1","\ud800":1,"custom_id":"a","response":{"status_code":200,"request_id":"r","body":{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}},"error":null}
            {"id":"batch_req_2","custom_id":"b","response":{"status_code":400,"request_id":"r","body":{"error":{"message":"Too long","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}},"error":null,"apitools":{"\ud800":1}}
            {"id":"batch_req_3","custom_id":"c","response":null,"error":{"\ud800":1,"code":"batch_expired","message":"This request could not be executed before the completion window expired."}}

            """);
        JournalItem[] items = await ReadAllAsync();
        Assert.Equal(
            [("a", null, "Hi"), ("b", "context_length_exceeded", null), ("c", "batch_expired", null)],
            items.Select(item => (item.Entry!.Key, item.Entry.Code, item.Entry.Content)));
        await using JobJournal journal = await _folder.OpenAsync();
        Assert.Equal("Hi", journal.Find(journal.IdentifyByKey("a", JournalFolder.Request(1)))!.Completion!.Content);
        Assert.Equal("Too long", journal.Find(journal.IdentifyByKey("b", JournalFolder.Request(1)))!.Failure!.Message);
    }

    private async Task<JournalItem[]> ReadAllAsync()
    {
        using JournalReader reader = new(_folder.File);
        List<JournalItem> all = [];
        while (await reader.ReadAsync(default) is IReadOnlyList<JournalItem> piece)
        {
            all.AddRange(piece);
        }
        return [.. all];
    }

    private async Task<JournalSummary> SumAsync()
    {
        using JournalReader reader = new(_folder.File);
        JournalSummarizer summarizer = new();
        while (await reader.ReadAsync(default) is IReadOnlyList<JournalItem> piece)
        {
            piece.ToList().ForEach(summarizer.Add);
        }
        return summarizer.Sum(reader, _folder.File);
    }
}
