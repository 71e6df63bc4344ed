using ApiTools.Diagnostics;

namespace ApiTools.Core.Tests.Diagnostics;

public sealed class LogFamilyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_full_files_of_a_log_stand_before_it_each_once_also_where_a_pattern_names_them()
    {
        string log = _folder.File("log.jsonl");
        string[] oldestFirst = [LogFamily.Rotated(log, LogFamily.Kept), LogFamily.Rotated(log, 2), LogFamily.Rotated(log, 1), log];
        foreach (string file in oldestFirst.Append(log + ".lock"))
        {
            File.WriteAllText(file, string.Empty);
        }
        Assert.Equal(oldestFirst, LogFamily.Expand([log]));
        Assert.Equal(oldestFirst, LogFamily.Expand([LogFamily.Rotated(log, 1), log, log + ".lock", LogFamily.Rotated(log, 2)]));
        Assert.Equal([LogFamily.Rotated(log, 2)], LogFamily.Expand([LogFamily.Rotated(log, 2)]));
    }
}
