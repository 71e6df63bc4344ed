using System.Text;
using ApiTools.Files;
using ApiTools.Repair;

namespace ApiTools.Core.Tests.Files;

public sealed class FileReplacementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rp-").FullName;
    private readonly string _path;

    public FileReplacementTests()
    {
        _path = Path.Combine(_folder, "chat.json");
        File.WriteAllText(_path, "before");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_file_is_replaced_and_what_was_there_is_kept()
    {
        string backup = await new FileReplacement(_path).CommitAsync(Write("after"), default);
        Assert.Equal(_path + ".bak", backup);
        Assert.Equal(("after", "before"), (File.ReadAllText(_path), File.ReadAllText(backup)));
        Assert.Equal(["chat.json", "chat.json.bak"], Names());
    }

    [Fact]
    public async Task No_earlier_backup_is_written_over()
    {
        File.WriteAllText(_path + ".bak", "the oldest");
        Directory.CreateDirectory(_path + ".bak2");
        Assert.Equal(_path + ".bak3", await new FileReplacement(_path).CommitAsync(Write("after"), default));
        Assert.Equal("the oldest", File.ReadAllText(_path + ".bak"));
    }

    [Fact]
    public async Task What_has_no_length_of_its_own_is_refused_unopened()
    {
        File.WriteAllText(_path, string.Empty);
        ApiException failure = await Assert.ThrowsAsync<ApiFileException>(() => new FileReplacement(_path).CommitAsync(Write("after"), default));
        Assert.Equal(("file_unwritable", $"The file '{_path}' stays as it is: it is a pipe or a device, which holds nothing to replace."), (failure.Code, failure.Message));
        Assert.Equal(["chat.json"], Names());
    }

    [Fact]
    public async Task A_file_that_was_written_to_meanwhile_stays_as_it_is()
    {
        FileReplacement replacement = new(_path);
        File.WriteAllText(_path, "another's");
        ApiException failure = await Assert.ThrowsAsync<ApiFileException>(() => replacement.CommitAsync(Write("after"), default));
        Assert.Equal(("file_changed", $"The file '{_path}' was changed while it was repaired, and stays as it is now."), (failure.Code, failure.Message));
        Assert.Equal($"Repair-ApiRequest -LiteralPath '{_path}' -InPlace", failure.NextCommand);
        Assert.Equal("another's", File.ReadAllText(_path));
        Assert.Equal(["chat.json"], Names());
    }

    [Fact]
    public async Task One_that_was_written_to_while_its_new_content_was_written_stays_too()
    {
        FileReplacement replacement = new(_path);
        ApiException failure = await Assert.ThrowsAsync<ApiFileException>(() => replacement.CommitAsync(
            async (file, token) =>
            {
                await file.WriteAsync("after"u8.ToArray(), token);
                await File.AppendAllTextAsync(_path, " and more", token);
            },
            default));
        Assert.Equal("file_changed", failure.Code);
        Assert.Equal("before and more", File.ReadAllText(_path));
        Assert.Equal(["chat.json"], Names());
    }

    [Fact]
    public async Task A_read_only_file_stays_as_it_is()
    {
        File.SetAttributes(_path, FileAttributes.ReadOnly);
        try
        {
            ApiException failure = await Assert.ThrowsAsync<ApiFileException>(() => new FileReplacement(_path).CommitAsync(Write("after"), default));
            Assert.Equal(("file_unwritable", $"The file '{_path}' stays as it is: it is read-only."), (failure.Code, failure.Message));
            Assert.Equal("before", File.ReadAllText(_path));
            Assert.Equal(["chat.json"], Names());
        }
        finally
        {
            File.SetAttributes(_path, FileAttributes.Normal);
        }
    }

    [Fact]
    public async Task What_fails_while_it_is_written_leaves_nothing_behind()
    {
        ApiException failure = await Assert.ThrowsAsync<ApiFileException>(
            () => new FileReplacement(_path).CommitAsync((_, _) => throw new IOException("No space left on device"), default));
        Assert.Equal(("file_unwritable", $"The file '{_path}' stays as it is: No space left on device"), (failure.Code, failure.Message));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => new FileReplacement(_path).CommitAsync((_, _) => throw new OperationCanceledException(), default));
        Assert.Equal(("before", "chat.json"), (File.ReadAllText(_path), Assert.Single(Names())));
    }

    [Fact]
    public void What_is_not_there_and_what_is_a_folder_is_said()
    {
        Assert.Equal("file_not_found", Assert.Throws<ApiFileException>(() => new FileReplacement(_path + "x")).Code);
        Assert.Equal("file_unreadable", Assert.Throws<ApiFileException>(() => new FileReplacement(_folder)).Code);
    }

    [PowerShell7Fact("it cannot follow links: .NET Framework has no way to")]
    public async Task A_link_stays_a_link_and_what_it_leads_to_is_replaced_with_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a right there that a test does not have; permissions are kept by File.Replace.
            return;
        }
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
        File.SetUnixFileMode(_path, Mode);
        string link = Path.Combine(_folder, "link.json");
        File.CreateSymbolicLink(link, "chat.json");
        string backup = await new FileReplacement(link).CommitAsync(Write("after"), default);
        Assert.Equal(("chat.json", "after"), (new FileInfo(link).LinkTarget, File.ReadAllText(_path)));
        Assert.Equal((Mode, Mode), (File.GetUnixFileMode(_path), File.GetUnixFileMode(backup)));
    }

    [Theory]
    [InlineData("a\r\n\n \nb\n", "A1\r\n\n \nB4\n")]
    [InlineData("a\nb", "A1\nB2")]
    [InlineData("", "")]
    [InlineData("\r\n\r\n", "\r\n\r\n")]
    public async Task Lines_are_rewritten_and_their_ends_and_blank_lines_stay(string before, string after)
    {
        File.WriteAllText(_path, before);
        using MemoryStream target = new();
        await LineRewriter.CopyAsync(_path, target, (line, number) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).Replace("a", $"A{number}", StringComparison.Ordinal).Replace("b", $"B{number}", StringComparison.Ordinal)), default);
        Assert.Equal(after, Encoding.UTF8.GetString(target.ToArray()));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(70_000)]
    [InlineData(200_000)]
    public async Task A_line_that_is_too_long_is_copied_as_it_is(int maximum)
    {
        string text = $"a\n{new string('a', maximum + 1)}\r\n{new string('a', maximum)}\naa\n{new string('a', maximum + 9)}";
        File.WriteAllText(_path, text);
        using MemoryStream target = new();
        List<int> lines = [];
        await LineRewriter.CopyAsync(_path, target, maximum, (line, number) => { lines.Add(number); return [(byte)'b']; }, default);
        Assert.Equal($"b\n{new string('a', maximum + 1)}\r\nb\nb\n{new string('a', maximum + 9)}", Encoding.UTF8.GetString(target.ToArray()));
        Assert.Equal([1, 3, 4], lines);
    }

    [Fact]
    public async Task A_line_longer_than_a_piece_is_one_line()
    {
        string wide = new('x', 200_000);
        File.WriteAllText(_path, $"{wide}\r\n{wide}");
        List<int> lengths = [];
        using MemoryStream target = new();
        await LineRewriter.CopyAsync(_path, target, (line, number) => { lengths.Add(line.Length); return line; }, default);
        Assert.Equal([200_001, 200_000], lengths);
        Assert.Equal(File.ReadAllBytes(_path), target.ToArray());
    }

    private static Func<Stream, CancellationToken, Task> Write(string text) => (file, token) => file.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask();

    private string[] Names() => [.. Directory.EnumerateFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
