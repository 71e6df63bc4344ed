using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiTools.Validation;

namespace ApiTools.Benchmarks;

/// <summary>The check of requests, beside a bare reader's pass over the same bytes; and texts that are made to take long.</summary>
internal static class ValidateBenchmark
{
    // A run that is shorter than a time slice of the system is seldom interrupted.
    private const int Requests = 200;
    private const int FileRepeats = 10;
    private const int HostileBytes = 1 << 20;

    public static async Task RunAsync(int rounds)
    {
        List<byte[]> lines = [.. Enumerable.Range(0, Requests).Select(Line)];
        int bytes = lines.Sum(line => line.Length);
        Contest contest = new(rounds, Requests);
        contest.Add("Utf8JsonReader", () => All(lines, ReadBare));
        contest.Add("Utf8JsonReader, and is it UTF-8", () => All(lines, line =>
        {
            _ = Utf8Check.IsValid(line);
            ReadBare(line);
        }));
        contest.Add("the syntax", () => All(lines, line => JsonSyntax.Check(line, new FindingList())));
        contest.Add("the verdict (-Quiet)", () => All(lines, line => RequestValidator.IsValid(line, RequestCheckOptions.Default)));
        contest.Add("the report", () => All(lines, line => RequestValidator.Validate(line, RequestCheckOptions.Default)));
        // Something is told of each: top_k is another service's.
        List<byte[]> told = [.. lines.Select(line => (byte[])[.. line[..^1], .. ",\"top_k\":1}"u8])];
        contest.Add("the report, a warning each", () => All(told, line => RequestValidator.Validate(line, RequestCheckOptions.Default)));
        await contest.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{Requests} requests of {bytes / Requests} bytes"));
        await FileAsync(lines, rounds);
    }

    // The file as a whole, from the disk's cache: what Test-ApiRequest does but for the writing.
    private static async Task FileAsync(List<byte[]> lines, int rounds)
    {
        string path = Path.GetTempFileName();
        try
        {
            // Longer, so that opening it counts for as little as with files that are.
            lines = [.. Enumerable.Repeat(lines, FileRepeats).SelectMany(all => all)];
            await File.WriteAllBytesAsync(path, [.. lines.SelectMany(line => line.Append((byte)'\n'))]);
            Contest contest = new(rounds, lines.Count);
            contest.Add("a file: bare reads and Utf8JsonReader", async () =>
            {
                using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
                byte[] buffer = new byte[1 << 16];
                while (await file.ReadAsync(buffer) > 0)
                {
                }
                lines.ForEach(ReadBare);
            });
            contest.Add("a file: streamed, the verdict (-Quiet)", () => EachLineAsync(path, line => RequestValidator.IsValid(line, RequestCheckOptions.Default)));
            contest.Add("a file: streamed, the report", () => EachLineAsync(path, line => RequestValidator.Validate(line, RequestCheckOptions.Default)));
            await contest.RunAsync("JSONL");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task EachLineAsync(string path, Action<RequestLine> check)
    {
        using RequestLines requests = new(path);
        while (await requests.ReadAsync(CancellationToken.None) is { } read)
        {
            foreach (RequestLine line in read)
            {
                check(line);
            }
        }
    }

    /// <summary>Texts that are made to take long.</summary>
    public static void PrintHostile()
    {
        Console.WriteLine("Hostile texts: milliseconds for 1 MB and for 4 MB, least of 3: the check, and the mending");
        (string Name, Func<int, string> Text)[] texts =
        [
            ("[", size => new string('[', size)),
            ("\"\\\\ and so on", size => "\"" + new string('\\', size)),
            ("{\"a\":", size => Repeat("{\"a\":", size)),
            ("blanks", size => new string(' ', size)),
            ("digits", size => new string('7', size)),
            ("leading zeros", size => "[" + new string('0', size)),
            ("one name again and again", size => "{" + Repeat("\"a\":1,", size) + "\"a\":1}"),
            ("names all different", size => "{" + string.Join(",", Enumerable.Range(0, size / 12).Select(i => FormattableString.Invariant($"\"n{i:D7}\":1"))) + "}"),
            ("escaped names", size => "{" + Repeat("\"\\u0061\":1,", size) + "\"a\":1}"),
            ("halves of surrogate pairs", size => "[\"" + Repeat("\\ud800", size) + "\"]"),
            ("one name", size => "{\"" + new string('n', size) + "\":1}"),
            ("single quotes", size => "[" + Repeat("'a',", size) + "1]"),
            ("quotes of no end", size => "[" + Repeat("'a ", size)),
            ("commas", size => "{\"a\":1" + new string(',', size) + "}"),
            ("blanks, then commas", size => "{\"a\":1," + new string(' ', size / 2) + new string(',', size / 2) + "}"),
            ("comments", size => "[" + Repeat("/**/", size) + "]"),
            ("unquoted names", size => Repeat("{a:", size)),
            ("unknown members", size => "{\"model\":\"m\"," + string.Join(",", Enumerable.Range(0, size / 12).Select(i => FormattableString.Invariant($"\"n{i:D7}\":1"))) + "}"),
        ];
        foreach ((string name, Func<int, string> text) in texts)
        {
            byte[] small = Encoding.UTF8.GetBytes(text(HostileBytes));
            byte[] large = Encoding.UTF8.GetBytes(text(4 * HostileBytes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-28} {Least(() => Check(small)),8:0.0} {Least(() => Check(large)),8:0.0}   {Least(() => Mend(small)),8:0.0} {Least(() => Mend(large)),8:0.0}"));
        }
    }

    private static void Check(byte[] text) => RequestValidator.Validate(text, RequestCheckOptions.Default);

    private static void Mend(byte[] text) => JsonMender.Mend(text, includeUnsafe: true, CancellationToken.None);

    private static double Least(Action run)
    {
        double least = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return least;
    }

    private static Task All(List<byte[]> lines, Action<byte[]> run)
    {
        lines.ForEach(run);
        return Task.CompletedTask;
    }

    private static void ReadBare(byte[] line)
    {
        Utf8JsonReader reader = new(line);
        while (reader.Read())
        {
        }
    }

    private static string Repeat(string text, int size) => new StringBuilder().Insert(0, text, size / text.Length).ToString();

    // As the Batch API's users write them: a system message, some turns of a few sentences, a few parameters.
    private static byte[] Line(int number)
    {
        StringBuilder messages = new("""{"role":"system","content":"You are a helpful assistant. Answer in one sentence, and say so where you do not know."}""");
        for (int turn = 0; turn < 1 + (number % 4); turn++)
        {
            messages.Append(CultureInfo.InvariantCulture, $$""",{"role":"user","content":"Question {{number}}: what is the difference between a \"token\" and a word?\nPlease be brief, and give an example of it."}""");
            messages.Append(""",{"role":"assistant","content":"A token is a piece of text that the model reads as one unit, often shorter than a word: \"unbelievable\" may be three."}""");
        }
        messages.Append(""",{"role":"user","content":"Und auf Deutsch, für Anfänger? 用中文也说一遍。"}""");
        return Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{{messages}}],"temperature":0.7,"max_tokens":200,"stream":false,"seed":{{number}}}""");
    }
}
