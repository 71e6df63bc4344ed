namespace ApiTools.Core.Tests.Validation;

public sealed class RuleDocsTests
{
    private const string Begin = "<!-- rules: made by RuleDocsTests -->\n";
    private const string End = "<!-- end of rules -->";

    /// <summary>With APITOOLS_WRITE_DOCS=1 in the environment it writes the table; then ./build.ps1 Docs makes the help of it.</summary>
    [Fact]
    public void The_topic_about_requests_has_the_table_of_rules_as_it_is()
    {
        string path = Path.Combine(Root(), "docs", "about_ApiTools_Requests.md");
        string topic = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = topic.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = topic.IndexOf(End, StringComparison.Ordinal);
        string table = RuleMarkdown.Write();
        if (Environment.GetEnvironmentVariable("APITOOLS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, topic[..start] + table + topic[end..]);
            return;
        }
        Assert.Equal(table, topic[start..end]);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ApiTools.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("The repository is not above the tests.");
    }
}
