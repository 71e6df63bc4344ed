using System.Diagnostics;
using System.Text;
#if NET
using ApiTools.Core.Tests.Simulator;
#endif
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Validation;

public sealed class RequestLinesTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Lines_keep_their_numbers_and_empty_ones_are_passed_over()
    {
        string wide = new('x', 200_000);
        File.WriteAllText(_path, $"a\r\n\n  \n{wide}\nlast");
        List<(int Number, byte[] Json)> lines = await ReadAllAsync();
        Assert.Equal([1, 4, 5], lines.Select(line => line.Number));
        Assert.Equal(["a\r", wide, "last"], lines.Select(line => Encoding.UTF8.GetString(line.Json)));
    }

    [Fact]
    public async Task A_file_without_lines_has_none()
    {
        File.WriteAllText(_path, "\n\n");
        Assert.Empty(await ReadAllAsync());
    }

    [Fact]
    public async Task A_binary_file_is_refused()
    {
        File.WriteAllBytes(_path, [1, 2, 0, 3]);
        ApiException lines = await Assert.ThrowsAsync<ApiFileException>(ReadAllAsync);
        ApiException whole = await Assert.ThrowsAsync<ApiFileException>(() => InputFile.ReadAsync(_path, default));
        Assert.Equal($"The file '{_path}' cannot be read: it is binary: there are NUL bytes in it.", whole.Message);
        Assert.Equal(("file_unreadable", whole.Message), (lines.Code, lines.Message));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_one_finding_and_the_lines_after_it_are_read()
    {
        string fits = new('y', 300_000);
        File.WriteAllText(_path, $"a\n{new string('x', 300_001)}\n{fits}\nb\n{new string('z', 900_000)}");
        using RequestLines file = new(_path) { MaximumLineBytes = 300_000 };
        List<(int, int, bool)> lines = [];
        while (await file.ReadAsync(default) is IReadOnlyList<RequestLine> next)
        {
            lines.AddRange(next.Select(line => (line.Number, line.Json.Length, line.IsTooLong)));
        }
        Assert.Equal([(1, 1, false), (2, 0, true), (3, 300_000, false), (4, 1, false), (5, 0, true)], lines);
        RequestReport report = RequestValidator.Validate(new RequestLine(2, default, IsTooLong: true), RequestCheckOptions.Default);
        Finding finding = Assert.Single(report.Findings);
        Assert.Equal(("The line is larger than 128 MB, which is more than any service takes.", 2, 1), (finding.Message, finding.Line, finding.Column));
        Assert.False(report.IsValid);
    }

    [Fact]
    public async Task What_is_added_to_a_file_while_it_is_read_is_left_but_for_the_line_that_had_begun()
    {
        File.WriteAllText(_path, string.Concat(Enumerable.Repeat("0123456789\n", 20_000)) + "begun");
        using RequestLines file = new(_path);
        List<string> lines = [];
        while (await file.ReadAsync(default) is IReadOnlyList<RequestLine> next)
        {
            lines.AddRange(next.Select(line => Encoding.UTF8.GetString(line.Json.Span)));
            File.AppendAllText(_path, " and ended\nnew\nnew\n");
        }
        Assert.Equal(20_001, lines.Count);
        Assert.StartsWith("begun and ended", lines[^1], StringComparison.Ordinal);
        Assert.True(file.HasGrown);
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_read_as_one_request_is_told()
    {
        using GrowingStream stream = new();
        ApiException error = await Assert.ThrowsAsync<ApiFileException>(() => InputFile.ReadAsync(stream, "a.json", default));
        Assert.Equal(("file_unreadable", "The file 'a.json' cannot be read: it has grown while it was read. Is it complete?"), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_file_in_utf16_is_refused_as_lines_and_told_by_the_check_as_one_request()
    {
        File.WriteAllText(_path, "{}\n", Encoding.Unicode);
        ApiException error = await Assert.ThrowsAsync<ApiFileException>(ReadAllAsync);
        Assert.Contains("The text is in UTF-16", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("The text is in UTF-16", Check.Run(await InputFile.ReadAsync(_path, default)).Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_two_gigabytes_is_refused_before_it_is_read()
    {
        using (FileStream file = new(_path, FileMode.Create))
        {
            file.SetLength(2L << 30);
        }
        ApiException error = await Assert.ThrowsAsync<ApiFileException>(() => InputFile.ReadAsync(_path, default));
        Assert.Equal($"The file '{_path}' cannot be read: a request in it is larger than 128 MB, which is more than any service takes.", error.Message);
    }

    [UnixFact]
    public async Task A_device_without_end_is_refused()
    {
        await Assert.ThrowsAsync<ApiFileException>(() => InputFile.ReadAsync("/dev/zero", default));
        using RequestLines file = new("/dev/zero");
        await Assert.ThrowsAsync<ApiFileException>(() => file.ReadAsync(default));
        Assert.Empty(await InputFile.ReadAsync("/dev/null", default));
    }

#if NET
    [ProgramFact("mkfifo")]
#else
    [DotNetFact("Windows has no such pipes, and Mono lets nobody else open one")]
#endif
    public async Task A_pipe_that_nobody_writes_to_is_left_when_it_is_cancelled_and_read_when_somebody_does()
    {
        using (Process make = Process.Start("mkfifo", _path))
        {
            await make.WaitForExitAsync();
        }
        using CancellationTokenSource stop = new();
        using RequestLines waiting = new(_path);
        Task<IReadOnlyList<RequestLine>?> lines = waiting.ReadAsync(stop.Token);
        Task<byte[]> whole = InputFile.ReadAsync(_path, stop.Token);
        Assert.False(lines.IsCompleted || whole.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lines);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => whole);

        // The writer opens while those two still wait in the background for it: they close again, and a third reader gets what is written. The writer
        // stays until it has some of it: who opens a pipe that was written and closed again waits for the next writer.
        using RequestLines third = new(_path);
        Task<IReadOnlyList<RequestLine>?> read = third.ReadAsync(default);
        using (FileStream writer = await Task.Factory.StartNew(
            () => new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1), default, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        {
            while (!TryWrite(writer, "one\ntwo"u8))
            {
                await Task.Yield();
            }
            Assert.Equal(["one"], Texts(await read));
        }
        Assert.Equal(["two"], Texts(await third.ReadAsync(default)));
        Assert.Null(await third.ReadAsync(default));
    }

    private static IEnumerable<string> Texts(IReadOnlyList<RequestLine>? lines) => lines!.Select(line => Encoding.UTF8.GetString(line.Json.Span));

    // False (EPIPE) while those that waited have closed and the third has not opened.
    private static bool TryWrite(FileStream pipe, ReadOnlySpan<byte> text)
    {
        try
        {
            pipe.Write(text);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<List<(int Number, byte[] Json)>> ReadAllAsync()
    {
        using RequestLines file = new(_path);
        List<(int Number, byte[] Json)> lines = [];
        while (await file.ReadAsync(default) is IReadOnlyList<RequestLine> next)
        {
            lines.AddRange(next.Select(line => (line.Number, line.Json.ToArray())));
        }
        return lines;
    }
}
