using ApiTools.Core.Tests.Validation;
using ApiTools.Diagnostics;
using ApiTools.Files;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>Reports in files: what is written, and what stays where nothing can be.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apitools").FullName;

    [Fact]
    public async Task A_report_is_written_over_what_is_there_and_nothing_is_left_beside_it()
    {
        await File.WriteAllTextAsync(InFolder("report.md"), "old, and longer than the new one");
        await ReportFile.WriteAsync(InFolder("report.md"), "# n€w\n", ExistingFile.Replace, CancellationToken.None);
        Assert.Equal("# n€w\n"u8.ToArray(), await File.ReadAllBytesAsync(InFolder("report.md")));
        Assert.Equal([InFolder("report.md")], Directory.GetFiles(_folder));
    }

    [PowerShell7Fact("it cannot follow links: .NET Framework has no way to", IsOnUnixAlone = true)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Of_a_link_what_it_leads_to_is_written_and_keeps_its_permissions()
    {
        await File.WriteAllTextAsync(InFolder("report.md"), "old");
        File.SetUnixFileMode(InFolder("report.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(InFolder("link.md"), InFolder("report.md"));
        await ReportFile.WriteAsync(InFolder("link.md"), "new", ExistingFile.Replace, CancellationToken.None);
        Assert.Equal(InFolder("report.md"), new FileInfo(InFolder("link.md")).LinkTarget);
        Assert.Equal("new", await File.ReadAllTextAsync(InFolder("report.md")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(InFolder("report.md")));
    }

    [Fact]
    public async Task A_file_that_is_read_only_stays()
    {
        await File.WriteAllTextAsync(InFolder("report.md"), "old");
        File.SetAttributes(InFolder("report.md"), FileAttributes.ReadOnly);
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => ReportFile.WriteAsync(InFolder("report.md"), "new", ExistingFile.Replace, CancellationToken.None));
        Assert.Equal(("file_unwritable", $"The file '{InFolder("report.md")}' cannot be written: it is read-only; -Force replaces it all the same."), (failure.Code, failure.Message));
        Assert.Equal("old", await File.ReadAllTextAsync(InFolder("report.md")));
        Assert.Equal([InFolder("report.md")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_read_only_is_replaced_where_that_is_asked_for_and_stays_read_only()
    {
        await File.WriteAllTextAsync(InFolder("report.md"), "old");
        File.SetAttributes(InFolder("report.md"), FileAttributes.ReadOnly);
        await ReportFile.WriteAsync(InFolder("report.md"), "new", ExistingFile.ReplaceReadOnly, CancellationToken.None);
        Assert.Equal("new", await File.ReadAllTextAsync(InFolder("report.md")));
        Assert.True(File.GetAttributes(InFolder("report.md")).HasFlag(FileAttributes.ReadOnly));
    }

    [Fact]
    public async Task A_file_that_is_there_stays_where_that_is_asked_for()
    {
        await File.WriteAllTextAsync(InFolder("report.md"), "old");
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => ReportFile.WriteAsync(InFolder("report.md"), "new", ExistingFile.Keep, CancellationToken.None));
        Assert.Equal("file_exists", failure.Code);
        Assert.Equal("old", await File.ReadAllTextAsync(InFolder("report.md")));
    }

    [UnixFact]
    public async Task A_device_is_written_to()
    {
        await ReportFile.WriteAsync("/dev/null", "new", ExistingFile.Replace, CancellationToken.None);
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => ReportFile.WriteAsync("/dev/full", "new", ExistingFile.Replace, CancellationToken.None));
        Assert.Equal("file_unwritable", failure.Code);
        // It is there, and keeping it was asked for.
        failure = await Assert.ThrowsAsync<ApiFileException>(() => ReportFile.WriteAsync("/dev/null", "new", ExistingFile.Keep, CancellationToken.None));
        Assert.Equal("file_exists", failure.Code);
    }

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
        Directory.Delete(_folder, recursive: true);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);
}
