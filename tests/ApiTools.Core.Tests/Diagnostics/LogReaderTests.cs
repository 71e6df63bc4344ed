using System.Text;
using ApiTools.Diagnostics;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>Whatever a file holds is entries, or lines that are counted, and never an exception of another kind.</summary>
public sealed class LogReaderTests : IDisposable
{
    private const string Line = """{"timestamp":"2026-11-25T09:00:00.5Z","gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o","gen_ai.response.finish_reasons":["stop","length"],"http.response.status_code":429,"error.type":"rate_limit_exceeded","error.message":"Too many.","apitools.outcome":"retried","apitools.attempt":1,"apitools.request_id":"req_1","apitools.duration":0.25,"apitools.wait":2}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_device_without_an_end_is_no_log_and_is_not_read_for_ever()
    {
        if (!File.Exists("/dev/zero"))
        {
            return;
        }
        using LogReader reader = await LogReader.OpenAsync("/dev/zero", CancellationToken.None);
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => reader.ReadAsync(CancellationToken.None));
        Assert.Equal("not_a_log", failure.Code);
    }

    [Fact]
    public async Task A_line_is_an_entry()
    {
        (List<ApiLogEntry> entries, _) = await ReadAsync(Line + "\n");
        ApiLogEntry entry = Assert.Single(entries);
        Assert.Equal(Records.Time.AddSeconds(0.5), entry.Time);
        Assert.Equal((ApiRequestOutcome.Retried, "chat", "gpt-4o", 429, "rate_limit_exceeded", "Too many."), (entry.Outcome, entry.Operation, entry.Model, entry.StatusCode, entry.Code, entry.Message));
        Assert.Equal(["stop", "length"], entry.FinishReasons);
        Assert.Equal((1, "req_1", 0.25, 2.0, 1), (entry.Attempt, entry.RequestId, entry.Duration.TotalSeconds, entry.Wait.TotalSeconds, entry.Line));
        Assert.Null(entry.InputTokens);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"timestamp":"2026-11-25T09:00:00Z"}""")]
    [InlineData("""{"level":"info","msg":"another tool"}""")]
    [InlineData("""{"timestamp":"yesterday","gen_ai.operation.name":"chat"}""")]
    [InlineData("""{"timestamp":"2026-11-25T09:00:00Z","gen_ai.operation.name":"chat"} {}""")]
    [InlineData("""{"timestamp":"2026-11-25T09:00:00Z","gen_ai.operation.name":"chat\""")]
    [InlineData("\u001b[31mred\u001b[0m")]
    public async Task A_line_of_another_kind_is_counted_and_the_others_are_read(string foreign)
    {
        (List<ApiLogEntry> entries, LogReader reader) = await ReadAsync($"{Line}\n{foreign}\n{Line}\n");
        Assert.Equal([1, 3], entries.Select(entry => entry.Line));
        Assert.Equal((1L, 0L), (reader.ForeignLines, reader.TornBytes));
        Assert.Equal([2], reader.ForeignNumbers);
    }

    [Fact]
    public async Task Members_of_the_wrong_kind_are_passed_over()
    {
        (List<ApiLogEntry> entries, _) = await ReadAsync(
            """{"timestamp":"2026-11-25T09:00:00Z","gen_ai.operation.name":"chat","gen_ai.request.model":{"a":[1]},"http.response.status_code":"200","gen_ai.response.finish_reasons":{"x":1},"gen_ai.usage.input_tokens":1e99,"apitools.outcome":{"a":7},"apitools.duration":-1,"apitools.wait":"x","unknown":[[{}]],"error.message":"a\ud83d"}""");
        ApiLogEntry entry = Assert.Single(entries);
        Assert.Equal((null, null, null, ApiRequestOutcome.Succeeded, TimeSpan.Zero), (entry.Model, entry.StatusCode, entry.InputTokens, entry.Outcome, entry.Duration));
        Assert.Empty(entry.FinishReasons);
    }

    [Theory]
    [InlineData("\"http.response.status_code\":200", ApiRequestOutcome.Succeeded)]
    [InlineData("\"error.type\":\"timeout\"", ApiRequestOutcome.Failed)]
    [InlineData("\"http.response.status_code\":500", ApiRequestOutcome.Failed)]
    [InlineData("\"http.response.status_code\":500,\"apitools.outcome\":\"retried\"", ApiRequestOutcome.Retried)]
    public async Task Another_tools_line_with_OpenTelemetrys_names_is_a_request_that_was_sent_and_failed_where_it_says_so(string members, ApiRequestOutcome outcome)
    {
        (List<ApiLogEntry> entries, _) = await ReadAsync($$"""{"timestamp":"2026-11-25T09:00:00Z","gen_ai.operation.name":"chat",{{members}}}""");
        ApiLogEntry entry = Assert.Single(entries);
        Assert.Equal((outcome, 1), (entry.Outcome, entry.Attempt));
    }

    [Fact]
    public async Task Half_a_line_at_the_end_is_torn_and_no_error()
    {
        (List<ApiLogEntry> entries, LogReader reader) = await ReadAsync(Line + "\n" + Line[..70]);
        Assert.Single(entries);
        Assert.Equal((70L, 0L), (reader.TornBytes, reader.ForeignLines));
    }

    [Fact]
    public async Task A_whole_last_line_without_its_line_feed_is_an_entry() => Assert.Equal(2, (await ReadAsync(Line + "\r\n" + Line)).Entries.Count);

    [Fact]
    public async Task A_file_without_any_line_of_a_log_is_not_a_log()
    {
        ApiFileException error = await Assert.ThrowsAsync<ApiFileException>(() => ReadAsync("Name,Body\n1,2\n"));
        Assert.Equal("not_a_log", error.Code);
    }

    [Fact]
    public async Task An_empty_file_has_no_entries() => Assert.Empty((await ReadAsync(string.Empty)).Entries);

    [Fact]
    public async Task A_line_longer_than_is_read_is_passed_over_in_bounded_memory()
    {
        string path = _folder.File("long.jsonl");
        using (StreamWriter writer = new(path))
        {
            writer.WriteLine(Line);
            for (int i = 0; i < 50; i++)
            {
                writer.Write(new string('x', 1024 * 1024));
            }
            writer.WriteLine();
            writer.WriteLine(Line);
        }
        using LogReader reader = new(path);
        List<ApiLogEntry> entries = await AllAsync(reader);
        Assert.Equal([1, 3], entries.Select(entry => entry.Line));
        Assert.Equal([2], reader.ForeignNumbers);
    }

    [Fact]
    public async Task Bytes_of_any_kind_are_read_without_another_exception()
    {
        Random random = new(7);
        byte[] line = Encoding.UTF8.GetBytes(Line + "\n");
        for (int round = 0; round < 500; round++)
        {
            byte[] bytes = [.. line, .. line, .. line];
            for (int i = random.Next(20); i >= 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            string path = _folder.File("fuzz.jsonl");
            File.WriteAllBytes(path, bytes);
            using LogReader reader = new(path);
            try
            {
                await AllAsync(reader);
            }
            catch (ApiFileException exception) when (exception.Code == "not_a_log")
            {
                // None of them was whole.
            }
        }
    }

    private async Task<(List<ApiLogEntry> Entries, LogReader Reader)> ReadAsync(string content)
    {
        string path = _folder.File("log.jsonl");
        File.WriteAllText(path, content);
        using LogReader reader = new(path);
        return (await AllAsync(reader), reader);
    }

    private static async Task<List<ApiLogEntry>> AllAsync(LogReader reader)
    {
        List<ApiLogEntry> all = [];
        while (await reader.ReadAsync(CancellationToken.None) is IReadOnlyList<ApiLogEntry> entries)
        {
            all.AddRange(entries);
        }
        return all;
    }
}
