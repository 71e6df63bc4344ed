using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ApiTools.Diagnostics;
using ApiTools.Http;

namespace ApiTools.Benchmarks;

/// <summary>What a log costs the thread that makes a call, and how fast one is read beside reading its lines and parsing each.</summary>
internal static class LogBenchmark
{
    private const int Requests = 2_000;
    private const int Lines = 50_000;

    public static async Task RunAsync(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("apitools-bench-").FullName;
        try
        {
            await WriteAsync(folder, rounds);
            await ReadAsync(folder, Math.Max(5, rounds / 5));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(string folder, int rounds)
    {
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = "https://api.openai.com/v1", ApiKey = ApiKeys.FromText("sk-bench-0123456789") });
        await using LogWriter writer = new(new LogFile(Path.Combine(folder, "write.jsonl"), TimeProvider.System), TimeProvider.System);
        RequestLog log = new(writer, withBodies: false);
        List<double> perRequest = [];
        for (int round = 0; round < rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < Requests; i++)
            {
                RequestRecord record = Record(connection, i);
                UsageTable.Session.Add(UsageEvent.Of(record));
                ValueTask written = log.EndedAsync(record);
                if (!written.IsCompletedSuccessfully)
                {
                    await written;
                }
            }
            perRequest.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Requests);
            await writer.FlushAsync(CancellationToken.None);
        }
        perRequest.Sort();
        Console.WriteLine($"Log, on the calling thread: {perRequest[perRequest.Count / 2]:0.00} us a request (median of {rounds} rounds of {Requests}; best {perRequest[0]:0.00}, worst {perRequest[^1]:0.00}); {writer.Dropped} dropped");
    }

    private static async Task ReadAsync(string folder, int rounds)
    {
        string path = Path.Combine(folder, "read.jsonl");
        using ApiConnection connection = new(new ApiConnectionOptions { BaseUri = "https://api.openai.com/v1" });
        await using (LogWriter writer = new(new LogFile(path, TimeProvider.System), TimeProvider.System))
        {
            for (int i = 0; i < Lines; i++)
            {
                await writer.WriteAsync(Record(connection, i), withBodies: false);
            }
        }
        Contest contest = new(rounds, Lines);
        contest.Add("lines, each by Utf8JsonReader", () => ParseLinesAsync(path));
        contest.Add("the same, the bytes taken where they lie", () => ParseInPlaceAsync(path));
        contest.Add("LogReader, each as an ApiLogEntry", async () =>
        {
            using LogReader reader = new(path);
            int entries = 0;
            while (await reader.ReadAsync(CancellationToken.None) is IReadOnlyList<ApiLogEntry> piece)
            {
                entries += piece.Count;
            }
            if (entries != Lines)
            {
                throw new InvalidOperationException($"{entries} entries");
            }
        });
        await contest.RunAsync($"Reading a log of {Lines} lines, {new FileInfo(path).Length / 1024 / 1024} MB");
    }

    private static Task ParseLinesAsync(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(line));
            while (reader.Read())
            {
            }
        }
        return Task.CompletedTask;
    }

    private static async Task ParseInPlaceAsync(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        LogLines lines = new(file, path);
        do
        {
            while (lines.TryTake())
            {
                Utf8JsonReader reader = new(lines.Line);
                while (reader.Read())
                {
                }
            }
        }
        while (await lines.FillAsync(CancellationToken.None));
    }

    private static RequestRecord Record(ApiConnection connection, int i) => new(
        connection,
        RequestRecord.Chat,
        RequestRecord.NextCall(),
        new AttemptEnd(1, "gpt-4o", TimeProvider.System.GetUtcNow(), TimeSpan.FromMilliseconds(500 + i), TimeSpan.Zero, ApiRequestOutcome.Succeeded, null))
    {
        Answer = new Answer($"chatcmpl-{i}", $"req_{i}"),
    };

    private sealed class Answer(string id, string requestId) : IAnswerFacts
    {
        public string? Id => id;

        public string? RequestId => requestId;

        public string? Model => "gpt-4o-2024-08-06";

        public IReadOnlyList<string> FinishReasons { get; } = ["stop"];

        public int? InputTokens => 1000;

        public int? OutputTokens => 200;

        public int? CachedTokens => 0;

        public int? ReasoningTokens => 0;

        public string ToJson() => "{}";
    }
}
