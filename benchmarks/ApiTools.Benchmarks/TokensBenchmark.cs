using System.Diagnostics;
using System.Globalization;
using System.Text;
using ApiTools.Tokens;
using Microsoft.ML.Tokenizers;
using SharpToken;

namespace ApiTools.Benchmarks;

/// <summary>
/// Token counts beside those of the peers: each folder is a corpus of texts, each of which every contender counts once, with an encoder that has
/// never seen it (the peers remember words) on code that is compiled (by other texts). By turns, the best of some rounds.
/// </summary>
internal static class TokensBenchmark
{
    private static readonly string[] DefaultEncodings = ["o200k_base", "cl100k_base"];

    /// <summary>Runs the encodings named, or both, on the folders named, or on what the machine has.</summary>
    public static void Run(IReadOnlyList<string> args)
    {
        string[] encodings = [.. args.Where(DefaultEncodings.Contains)];
        int rounds = args.Select(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).Max() is int most and > 0 ? most : 5;
        List<TokenCorpus> corpora = [.. args.Where(Directory.Exists).Select(folder => TokenCorpus.Read(folder))];
        foreach (string encoding in encodings.Length > 0 ? encodings : DefaultEncodings)
        {
            Load(encoding);
            Compare(encoding, corpora, rounds);
            Hostile(encoding);
        }
    }

    private static void Load(string encoding)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        TokenEncoding loaded = TokenEncoding.Get(encoding);
        long count = loaded.Count("first"u8);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        double memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        Console.WriteLine(Format($"{encoding}: first count ({count}) after {time.TotalMilliseconds:F1} ms, {memory:F1} MB"));
    }

    private static void Compare(string encoding, List<TokenCorpus> corpora, int rounds)
    {
        string warm = string.Concat(Enumerable.Range(0, 20_000).Select(i => Format($"Warm {i}: words, 数字と漢字 {i * 7919} ünïcode'll do!\n  if (x[{i}] == null) return;\r\n")));
        Console.WriteLine($"{"corpus",-10}{"MB",6}{"tokens",10}{"ML.Tokenizers",15}{"SharpToken",16}{"ours, UTF-16",18}{"ours, UTF-8",18}{"allocated",11}");
        foreach (TokenCorpus corpus in corpora)
        {
            double[] best = [double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue];
            long[] counts = new long[4];
            long allocated = 0;
            TokenEncoding ours = TokenEncoding.Get(encoding);
            for (int round = 0; round < rounds; round++)
            {
                if (round < 3)
                {
                    TiktokenTokenizer warmed = TiktokenTokenizer.CreateForEncoding(encoding);
                    TiktokenTokenizer fresh = TiktokenTokenizer.CreateForEncoding(encoding);
                    Time(0, [warm], text => warmed.CountTokens(text), null);
                    Time(0, corpus.Texts, text => fresh.CountTokens(text), best);
                    GptEncoding warmedSharp = GptEncoding.GetEncoding(encoding);
                    Time(1, [warm], text => warmedSharp.CountTokens(text), null);
                    Time(1, corpus.Texts, text => warmedSharp.CountTokens(text), best);
                }
                for (int again = 0; again < 3; again++)
                {
                    Time(2, [warm], text => ours.Count(text), null);
                    Time(3, [Encoding.UTF8.GetBytes(warm)], text => ours.Count(text), null);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    Time(2, corpus.Texts, text => ours.Count(text), best);
                    Time(3, corpus.Utf8, text => ours.Count(text), best);
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            double size = corpus.Utf8.Sum(text => (double)text.Length) / 1e6;
            Console.WriteLine(Format($"{corpus.Name,-10}{size,6:F2}{counts[3],10}{size / best[0],10:F1} MB/s{Rate(1)}{Rate(2)}{Rate(3)}{allocated,11}"));

            string Rate(int i) => Format($"{size / best[i],7:F1} {best[0] / best[i],5:F1} x {(counts[i] == counts[3] ? " " : "≠"),1}");

            void Time<T>(int contender, IReadOnlyList<T> texts, Func<T, long> count, double[]? times)
            {
                long start = Stopwatch.GetTimestamp();
                long sum = 0;
                for (int i = 0; i < texts.Count; i++)
                {
                    sum += count(texts[i]);
                }
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (times is not null)
                {
                    times[contender] = Math.Min(times[contender], seconds);
                    counts[contender] = sum;
                }
            }
        }
    }

    // What no peer finishes in reasonable time: 200 KB each, cold.
    private static void Hostile(string encoding)
    {
        const int Length = 200_000;
        Random random = new(1);
        byte[] bytes = new byte[Length];
        random.NextBytes(bytes);
        (string Name, string Text)[] texts =
        [
            ("a", new string('a', Length)),
            ("blanks", new string(' ', Length)),
            ("emoji", string.Concat(Enumerable.Repeat("😀", Length / 4))),
            ("random bytes", Encoding.UTF8.GetString(bytes)),
            ("latin1 bytes", Encoding.Latin1.GetString(bytes)),
            ("base64", Convert.ToBase64String(bytes)[..Length]),
            ("letters", string.Concat(bytes.Select(one => (char)('a' + (one % 26))))),
            ("dna", string.Concat(bytes.Select(one => "ACGT"[one & 3]))),
            ("han", string.Concat(bytes.Take(Length / 3).Select(one => (char)(0x4e00 + (one * 37))))),
            ("=", new string('=', Length)),
        ];
        TokenEncoding ours = TokenEncoding.Get(encoding);
        foreach ((string name, string text) in texts)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            // Nothing of it is remembered from one time to the next, so the best of some is as cold as the first.
            long count = 0;
            double seconds = double.MaxValue;
            for (int i = 0; i < 10; i++)
            {
                long start = Stopwatch.GetTimestamp();
                count = ours.Count(utf8);
                seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            Console.WriteLine(Format($"  200 KB of {name,-14}{count,8} tokens {utf8.Length / 1e6 / seconds,8:F1} MB/s"));
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
