using System.Text;
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
        Assert.Equal($"The file '{_path}' cannot be read: it is binary, or text in an encoding without a mark: there are NUL bytes in it.", whole.Message);
        Assert.Equal(("file_unreadable", whole.Message), (lines.Code, lines.Message));
    }

    private async Task<List<(int Number, byte[] Json)>> ReadAllAsync()
    {
        using RequestLines file = new(_path);
        List<(int Number, byte[] Json)> lines = [];
        while (await file.ReadAsync(default) is IReadOnlyList<(int Number, byte[] Json)> next)
        {
            lines.AddRange(next);
        }
        return lines;
    }
}
