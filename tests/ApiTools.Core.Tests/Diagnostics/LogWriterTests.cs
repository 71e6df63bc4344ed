using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ApiTools.Diagnostics;
using ApiTools.Http;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>What a log's file holds after requests were handed to its writer.</summary>
public sealed class LogWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("log.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_is_a_line_with_the_names_of_OpenTelemetry()
    {
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Succeeded(connection, attempt: 2, waited: 1.5)]);
        string line = Assert.Single(File.ReadAllLines(Path));
        using JsonDocument json = JsonDocument.Parse(line);
        string call = json.RootElement.GetProperty("apitools.call").GetString()!;
        Assert.Matches("^[0-9a-f]{8}-7$", call);
        Assert.Equal(
            $$"""{"timestamp":"2026-11-25T09:00:00.000000Z","gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o","server.address":"api.openai.com","server.port":443,"http.response.status_code":200,"gen_ai.response.model":"gpt-4o-2024-08-06","gen_ai.response.id":"chatcmpl-1","gen_ai.response.finish_reasons":["stop"],"gen_ai.usage.input_tokens":10,"gen_ai.usage.output_tokens":5,"gen_ai.usage.cache_read.input_tokens":4,"gen_ai.usage.reasoning.output_tokens":2,"process.pid":{{Environment.ProcessId}},"apitools.outcome":"succeeded","apitools.connection":"Default","apitools.call":"{{call}}","apitools.attempt":2,"apitools.request_id":"req_1","apitools.duration":0.5,"apitools.wait":1.5}""",
            line);
    }

    [Fact]
    public async Task A_failure_is_a_line_with_its_code_and_message()
    {
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Failed(connection), Records.Failed(connection, "timeout", null, message: "a\nb\u001b[31m", outcome: ApiRequestOutcome.Retried)]);
        string[] lines = File.ReadAllLines(Path);
        Assert.Contains(""","http.response.status_code":429,"error.type":"rate_limit_exceeded","error.message":"Too many.",""", lines[0], StringComparison.Ordinal);
        Assert.Contains(""","apitools.outcome":"failed",""", lines[0], StringComparison.Ordinal);
        Assert.Contains(""","server.port":443,"error.type":"timeout","error.message":"a\nb␛[31m",""", lines[1], StringComparison.Ordinal);
        Assert.Contains(""","apitools.outcome":"retried",""", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_are_written_only_where_asked_and_without_keys()
    {
        const string Key = "my+own/key==";
        using ApiConnection connection = Records.Connect(Key);
        RequestRecord record = Records.Succeeded(
            connection,
            "sk-proj-0123456789abcdef",
            body: """{"messages":[{"content":"my+own/key== and sk-ant-api03-abcdefgh"}]}"""u8.ToArray(),
            answer: new FakeAnswer { Json = """{"content":"my\u002Bown/key=="}""", RequestId = Key });
        await WriteAsync([record]);
        await WriteAsync([record], withBodies: true);
        string[] lines = File.ReadAllLines(Path);
        Assert.DoesNotContain("body", lines[0], StringComparison.Ordinal);
        Assert.Contains(""","apitools.request.body":"{\"messages\":[{\"content\":\"*** and ***\"}]}","apitools.response.body":"{\"content\":\"***\"}"}""", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains("\"gen_ai.request.model\":\"***\",", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("\"apitools.request_id\":\"***\",", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_no_UTF8_holds_is_written_all_the_same()
    {
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Succeeded(connection, "half \ud83d pair")]);
        Assert.Equal("half \ufffd pair", (await ReadAsync(Path)).Single().Model);
    }

    [Fact]
    public async Task A_torn_end_is_healed_by_the_next_line()
    {
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Succeeded(connection)]);
        File.AppendAllText(Path, """{"timestamp":"2026-11-25T09:0""");
        Assert.Single(await ReadAsync(Path));
        await WriteAsync([Records.Succeeded(connection)]);
        Assert.Equal([1, 3], (await ReadAsync(Path)).Select(entry => entry.Line));
    }

    [Fact]
    public async Task A_full_log_is_renamed_and_five_full_ones_are_kept()
    {
        using ApiConnection connection = Records.Connect();
        RequestRecord record = Records.Succeeded(connection);
        for (int i = 0; i < 9; i++)
        {
            // A line is some 700 bytes: each is a file of its own.
            await WriteAsync([record], maximumSize: 1000);
        }
        Assert.Equal(
            ["log.jsonl", "log.jsonl.1", "log.jsonl.2", "log.jsonl.3", "log.jsonl.4", "log.jsonl.5", "log.jsonl.lock"],
            Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([.. Enumerable.Range(1, 5).Reverse().Select(number => $"{Path}.{number}"), Path], LogFamily.Expand([Path, Path + ".2", Path + ".lock"]));
        Assert.Equal([Path + ".2"], LogFamily.Expand([Path + ".2"]));
    }

    [Fact]
    public async Task Several_writers_of_one_file_mix_no_lines_and_lose_none()
    {
        using ApiConnection connection = Records.Connect();
        const int Each = 500;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => WriteAsync(
            Enumerable.Range(0, Each).Select(i => Records.Succeeded(connection, $"model-{number}")), maximumSize: 600_000)));
        List<ApiLogEntry> entries = [];
        foreach (string file in LogFamily.Expand([Path]))
        {
            entries.AddRange(await ReadAsync(file));
        }
        Assert.True(LogFamily.Expand([Path]).Count > 2, "it was not rotated");
        Assert.Equal([Each, Each, Each, Each], entries.GroupBy(entry => entry.Model).Select(group => group.Count()));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_once_and_all_is_written_when_it_does()
    {
        using ApiConnection connection = Records.Connect();
        string path = System.IO.Path.Combine(_folder.Path, "not-yet", "log.jsonl");
        await using LogWriter writer = new(new LogFile(path, TimeProvider.System), TimeProvider.System);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.StartsWith($"The log '{path}' cannot be written: ", writer.TakeWarning(), StringComparison.Ordinal);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.Null(writer.TakeWarning());
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.Equal(3, (await ReadAsync(path)).Count);
        Assert.Equal(0, writer.Dropped);
    }

    [Fact]
    public async Task What_is_beyond_what_can_be_kept_is_counted_in_the_next_line()
    {
        using ApiConnection connection = Records.Connect();
        string path = System.IO.Path.Combine(_folder.Path, "not-yet", "log.jsonl");
        await using LogWriter writer = new(new LogFile(path, TimeProvider.System), TimeProvider.System);
        byte[] body = Encoding.UTF8.GetBytes(new string('-', 250_000));
        for (int i = 0; i < 20; i++)
        {
            await writer.WriteAsync(Records.Succeeded(connection, body: body), true);
            await writer.FlushAsync(CancellationToken.None);
        }
        Assert.Equal(17, writer.Dropped);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.Equal([17L, null, null, null, null], (await ReadAsync(path)).Select(entry => entry.Dropped));
    }

    [DotNetFact("the words of a full disk are its own")]
    public async Task A_full_device_is_no_reason_to_fail()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }
        using ApiConnection connection = Records.Connect();
        await using LogWriter writer = new(new LogFile("/dev/full", TimeProvider.System), TimeProvider.System);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.StartsWith("The log '/dev/full' cannot be written: No space left on device", writer.TakeWarning(), StringComparison.Ordinal);
        Assert.False(File.Exists("/dev/full.lock"));
    }

    [Fact]
    public async Task A_disk_that_hangs_keeps_one_call_for_a_moment_and_no_other_and_what_it_misses_is_counted_and_told_once()
    {
        using ApiConnection connection = Records.Connect();
        RequestRecord record = Records.Succeeded(connection);
        WaitedTime time = new();
        LogWriter writer = new(new LogFile(Path, time), time);
        Task kept;
        using (new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            // Somebody else keeps the lock, and no clock moves: the append neither succeeds nor fails.
            await HandOver();
            await time.Waited;
            int handed = 0;
            do
            {
                kept = HandOver();
                handed++;
            }
            while (kept.IsCompleted && handed < 3 * LogWriter.Capacity);
            Assert.Equal((LogWriter.Capacity + 1, false), (handed, kept.IsCompleted));
            Assert.Null(writer.TakeWarning());
            time.Advance(TimeSpan.FromSeconds(1));
            await kept;
            Assert.Equal(1, writer.Dropped);
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(HandOver().IsCompletedSuccessfully);
            }
            Assert.Equal(1001, writer.Dropped);
            Assert.Equal($"The log '{Path}' cannot be written: it has taken no line for a while: the disk is too slow, or gone. Calls go on without it; what it misses, it counts.", writer.TakeWarning());
            Assert.Null(writer.TakeWarning());
        }
        // The disk is back.
        Task flushed = writer.FlushAsync(CancellationToken.None);
        while (!flushed.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.WhenAny(flushed, Task.Delay(1));
        }
        await writer.WriteAsync(record, false);
        await writer.DisposeAsync();
        Assert.Equal(1001, writer.Dropped);
        Assert.Null(writer.TakeWarning());
        Assert.Contains(1001L, (await ReadAsync(Path)).Select(entry => entry.Dropped));

        Task HandOver() => writer.WriteAsync(record, false).AsTask();
    }

    [Fact]
    public async Task A_pipe_is_refused_and_one_that_takes_a_logs_place_is_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Succeeded(connection)]);
        await using LogWriter writer = new(new LogFile(Path, TimeProvider.System), TimeProvider.System);
        File.Delete(Path);
        using (Process make = Process.Start("mkfifo", $"\"{Path}\""))
        {
            await make.WaitForExitAsync();
        }
        ApiException error = await Assert.ThrowsAsync<ApiFileException>(() => LogCheck.RunAsync(Path, TimeProvider.System, CancellationToken.None));
        Assert.Equal(("log_unwritable", $"The log '{Path}' cannot be written: it is a pipe, which keeps nothing that nobody reads in time."), (error.Code, error.Message));
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        Assert.Equal($"The log '{Path}' cannot be written: it is a pipe, which keeps nothing that nobody reads in time. Calls go on without it; what it misses, it counts.", writer.TakeWarning());
        File.Delete(Path);
        await writer.WriteAsync(Records.Succeeded(connection), false);
        await writer.FlushAsync(CancellationToken.None);
        // Nothing is lost: what the pipe would have lost is written once there is a file.
        Assert.Equal(2, (await ReadAsync(Path)).Count);
    }

    [Theory]
    [InlineData("folder", "log_unwritable", "it is a folder.")]
    [InlineData("csv", "not_a_log", "its first line is none of a log's.")]
    [InlineData("nowhere", "log_unwritable", null)]
    public async Task A_path_that_cannot_be_a_logs_is_refused_before_any_request(string kind, string code, string? why)
    {
        string path = kind switch { "folder" => _folder.Path, "csv" => _folder.File("data.csv"), _ => System.IO.Path.Combine(_folder.Path, "none", "log.jsonl") };
        if (kind == "csv")
        {
            File.WriteAllText(path, "Name,Body\n");
        }
        ApiException error = await Assert.ThrowsAsync<ApiFileException>(() => LogCheck.RunAsync(path, TimeProvider.System, CancellationToken.None));
        Assert.Equal(code, error.Code);
        Assert.Contains(why ?? path, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path + ".lock"));
    }

    [PowerShell7Fact("it runs on Windows alone, where a file has no mode")]
    public async Task A_log_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using ApiConnection connection = Records.Connect();
        await WriteAsync([Records.Succeeded(connection)]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    private async Task WriteAsync(IEnumerable<RequestRecord> records, bool withBodies = false, long maximumSize = long.MaxValue)
    {
        await using LogWriter writer = new(new LogFile(Path, TimeProvider.System) { MaximumSize = maximumSize }, TimeProvider.System);
        foreach (RequestRecord record in records)
        {
            await writer.WriteAsync(record, withBodies);
        }
        await writer.FlushAsync(CancellationToken.None);
        Assert.Equal((0L, null), (writer.Dropped, writer.TakeWarning()));
    }

    private static async Task<List<ApiLogEntry>> ReadAsync(string path)
    {
        using LogReader reader = new(path);
        List<ApiLogEntry> all = [];
        while (await reader.ReadAsync(CancellationToken.None) is IReadOnlyList<ApiLogEntry> entries)
        {
            all.AddRange(entries);
        }
        return all;
    }

    /// <summary>A clock that stands still, and tells when somebody first waits for it.</summary>
    private sealed class WaitedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waited => _waited.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            _waited.TrySetResult();
            return timer;
        }
    }
}
