using System.Diagnostics;
using ApiTools.Batch;
using Xunit.Abstractions;

namespace ApiTools.Core.Tests.Batch;

/// <summary>It looks at how much memory the process holds.</summary>
[Collection(AloneInProcess.Name)]
public sealed class JournalScaleTests(ITestOutputHelper output) : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_hundred_thousand_answers_are_held_by_their_places_alone()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("APITOOLS_TEST_JOURNAL_LINES") ?? "100000", System.Globalization.CultureInfo.InvariantCulture);
        await WriteAsync(count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stopwatch opening = Stopwatch.StartNew();
        await using JobJournal again = await _folder.OpenAsync();
        TimeSpan opened = opening.Elapsed;
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"opened in {opened.TotalSeconds:0.00} s, {held / (double)count:0.0} bytes held for an entry");
        Assert.Equal(count, again.Answered);
        // Whatever else the process let go of meanwhile may make it less than nothing.
        Assert.True(held / (double)count < 100);
        opening.Restart();
        for (int i = 0; i < count; i++)
        {
            Assert.NotNull(again.Find(again.Identify(JournalFolder.Request(i), null)));
        }
        output.WriteLine($"found all in {opening.Elapsed.TotalSeconds:0.00} s");
        opening.Restart();
        using JournalReader reader = new(_folder.File);
        int read = 0;
        while (await reader.ReadAsync(default) is IReadOnlyList<JournalItem> piece)
        {
            read += piece.Count;
        }
        output.WriteLine($"all entries read in {opening.Elapsed.TotalSeconds:0.00} s");
        Assert.Equal(count, read);
    }

    private async Task WriteAsync(int count)
    {
        await using JobJournal journal = await _folder.OpenAsync();
        Stopwatch writing = Stopwatch.StartNew();
        for (int start = 0; start < count; start += 5000)
        {
            await Task.WhenAll(Enumerable.Range(start, 5000).Select(i => journal.AppendAsync(journal.Identify(JournalFolder.Request(i), null), JournalFolder.Answer(i))));
        }
        output.WriteLine($"written: {count} in {writing.Elapsed.TotalSeconds:0.00} s, {new FileInfo(_folder.File).Length / count} bytes a line");
    }
}
