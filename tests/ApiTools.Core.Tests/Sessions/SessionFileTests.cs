using System.Text;
using ApiTools.Files;
using ApiTools.Sessions;

namespace ApiTools.Core.Tests.Sessions;

/// <summary>Sessions in files: what is written, what is read of other tools' files, and what of damaged ones.</summary>
public sealed class SessionFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apitools").FullName;

    [Fact]
    public async Task What_is_written_is_a_request_and_reads_back_the_same()
    {
        const string Calls = """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\": 1}"}}]}""";
        string text = $$$"""{"model":"gpt-4o","messages":[{"role":"developer","content":"Sei kurz. 🙂"},{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]},{{{Calls}}},{"role":"tool","tool_call_id":"a","content":"\u001b[31m"}]}""";
        SessionHistory history = Read(text) with { Calls = 2, Usage = new(10, 20, 30, 4, 5) };
        string path = Path("chat.json");
        await SessionFile.WriteAsync(new ApiChatSession(history), path, ExistingFile.Replace, CancellationToken.None);
        string written = await File.ReadAllTextAsync(path);
        Assert.Equal(
            $$$"""
            {
              "model": "gpt-4o",
              "messages": [
                {"role":"developer","content":"Sei kurz. 🙂"},
                {"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]},
                {{{Calls}}},
                {"role":"tool","tool_call_id":"a","content":"\u001b[31m"}
              ],
              "metadata": {"apitools_session":"1","calls":"2","prompt_tokens":"10","completion_tokens":"20","total_tokens":"30","cached_tokens":"4","reasoning_tokens":"5"}
            }

            """,
            written,
            ignoreLineEndingDifferences: true);
        Assert.Empty(ApiTools.Validation.RequestValidator.Validate(Encoding.UTF8.GetBytes(written), ApiTools.Validation.RequestCheckOptions.Default).Findings);
        ApiChatSession read = await SessionFile.ReadAsync(path, "chat.json", CancellationToken.None);
        Assert.Equal(("gpt-4o", 1, 2, "10 + 20 = 30", "Sei kurz. 🙂"), (read.Model, read.Turns, read.Calls, read.Usage.ToString(), read.SystemMessage));
        Assert.Equal(history.Messages.Select(message => Encoding.UTF8.GetString(message.Utf8Json)), read.History.Messages.Select(message => Encoding.UTF8.GetString(message.Utf8Json)));
        Assert.Equal(["https://example.com/a.png"], read.Messages[1].Attachments);
        Assert.Equal("f({\"x\": 1})", Assert.Single(read.Messages[2].ToolCalls).ToString());
    }

    [Fact]
    public async Task A_session_in_which_nothing_was_said_is_written_and_read_too()
    {
        string path = Path("empty.json");
        await SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Keep, CancellationToken.None);
        ApiChatSession read = await SessionFile.ReadAsync(path, path, CancellationToken.None);
        Assert.Empty(read.Messages);
        Assert.Null(read.Model);
    }

    [Theory]
    // A request's body, with what else it may have.
    [InlineData("""{"model":"m","temperature":0.5,"messages":[{"role":"user","content":"Hi"}],"metadata":{"mine":"1"}}""", "m", 1)]
    // Data for fine-tuning; a bare list; a list over lines, with a byte order mark.
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]}""", null, 2)]
    [InlineData("""[{"role":"user","content":"Hi"}]""", null, 1)]
    [InlineData("\ufeff\n[\n {\"role\": \"user\",\n  \"content\": \"Hi\"}\n]\n", null, 1)]
    // Calls that wait to be answered.
    [InlineData("""[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"1"}]""", null, 3)]
    // A parameter that is wrong is no part of the session.
    [InlineData("""{"temperature":9,"messages":[{"role":"user","content":"Hi"}]}""", null, 1)]
    public void Of_other_tools_files_what_is_understood_is_taken(string text, string? model, int messages)
    {
        SessionHistory history = Read(text);
        Assert.Equal(model, history.Model);
        Assert.Equal(messages, history.Messages.Count);
        Assert.Equal("Hi", history.Messages[0].View.Content);
        Assert.Equal(0, history.Calls);
        Assert.DoesNotContain((byte)'\n', history.Messages[0].Utf8Json);
    }

    [Theory]
    [InlineData("{\n  \"messages\": [\n    {\"role\":\"user\",\"content\":\"Hi\"},\n    {\"role\":\"user\" \"content\":\"Ho\"}\n  ]\n}", 4, 20, "A ',' is missing before this string, or a '}'.")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},", 1, 45, "The text ends before the JSON does*")]
    [InlineData("[\n  {\"role\":\"user\",\"content\":\"Hi\"},", 2, 34, "The text ends before the JSON does*")]
    [InlineData("", 1, 1, "The request is empty.")]
    [InlineData("[\n  {\"role\":\"user\",\"content\":\"Hi\"},\n  {\"role\":\"robot\",\"content\":\"Ho\"}\n]", 3, 11, "messages[1].role is \"robot\"*")]
    [InlineData("[{\"role\":\"human\",\"content\":\"Hi\"}]", 1, 10, "messages[0].role is \"human\"*")]
    [InlineData("[{\"role\":\"user\"}]", 1, 2, "messages[0].content is missing*")]
    [InlineData("[{\"role\":\"user\",\"content\":5}]", 1, 27, "messages[0].content is the number 5*")]
    [InlineData("[{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}]", 1, 10, "messages[0] is a tool's answer*")]
    [InlineData("[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"user\",\"content\":\"Hi\"}]", 1, 35, "messages[0].tool_calls is not answered*")]
    public void A_damaged_file_is_an_error_that_says_where(string text, int line, int column, string why)
    {
        ApiFileException failure = Assert.Throws<ApiFileException>(() => Read(text));
        Assert.Equal("session_damaged", failure.Code);
        string head = $"The session 'chat.json' is damaged in line {line}, column {column}: ";
        Assert.StartsWith(head, failure.Message, StringComparison.Ordinal);
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(why).Replace("\\*", ".*", StringComparison.Ordinal) + "$", failure.Message[head.Length..]);
        Assert.Equal("Test-ApiRequest -LiteralPath 'chat.json'", failure.NextCommand);
        Assert.NotNull(failure.Report);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"messages":"Hi"}""")]
    // ChatGPT's own export, ShareGPT.
    [InlineData("""{"title":"x","mapping":{"a":{"message":{"author":{"role":"user"},"content":{"parts":["Hi"]}}}}}""")]
    [InlineData("""{"conversations":[{"from":"human","value":"Hi"}]}""")]
    public void A_file_without_a_list_of_messages_is_no_session(string text)
    {
        ApiFileException failure = Assert.Throws<ApiFileException>(() => Read(text));
        Assert.Equal("not_a_session", failure.Code);
        Assert.Equal("""The file 'chat.json' is no session: it has no list of messages, such as { "messages": [ { "role": "user", "content": "..." } ] }.""", failure.Message);
    }

    [Theory]
    [InlineData("""{"apitools_session":"1","calls":"-1","prompt_tokens":"x","completion_tokens":7,"total_tokens":"99999999999999999999"}""")]
    [InlineData("""{"apitools_session":"2"}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void Sums_that_are_none_count_for_nothing(string metadata)
    {
        SessionHistory history = Read($$"""{"messages":[{"role":"user","content":"Hi"}],"metadata":{{metadata}}}""");
        Assert.Equal((0, default), (history.Calls, history.Usage));
    }

    [Fact]
    public async Task A_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it()
    {
        string path = Path("chat.json");
        await File.WriteAllTextAsync(path, "old");
        await SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, CancellationToken.None);
        Assert.StartsWith("{", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Where_it_is_cancelled_the_file_stays_and_nothing_is_left_beside_it()
    {
        string path = Path("chat.json");
        await File.WriteAllTextAsync(path, "old");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, new CancellationToken(canceled: true)));
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_to_stay_stays()
    {
        string path = Path("chat.json");
        await File.WriteAllTextAsync(path, "old");
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Keep, CancellationToken.None));
        Assert.Equal(("file_exists", $"The file '{path}' exists already."), (failure.Code, failure.Message));
        Assert.Equal("old", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_file_that_is_read_only_is_replaced_by_force_alone_and_stays_read_only()
    {
        string path = Path("chat.json");
        await File.WriteAllTextAsync(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, CancellationToken.None));
        Assert.Equal(("file_unwritable", $"The file '{path}' cannot be written: it is read-only; -Force replaces it all the same."), (failure.Code, failure.Message));
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        await SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.ReplaceReadOnly, CancellationToken.None);
        Assert.StartsWith("{", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.True(File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_folder_and_a_folder_that_is_not_there_are_errors()
    {
        ApiFileException folder = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), _folder, ExistingFile.Replace, CancellationToken.None));
        Assert.Equal($"The file '{_folder}' cannot be written: it is a folder.", folder.Message);
        ApiFileException missing = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), Path("none/chat.json"), ExistingFile.Replace, CancellationToken.None));
        Assert.Equal("file_unwritable", missing.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [ApiTools.Core.Tests.Validation.UnixFact]
    public async Task A_device_is_not_replaced()
    {
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), "/dev/null", ExistingFile.Replace, CancellationToken.None));
        Assert.Equal("The file '/dev/null' cannot be written: it is no file that can be replaced.", failure.Message);
    }

    [Fact]
    public async Task A_name_may_be_as_long_as_a_name_can_be()
    {
        // 255 bytes on most file systems; Windows counts the path, too.
        string path = Path(new string('n', OperatingSystem.IsWindows() ? 150 : 250) + ".json");
        await SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, CancellationToken.None);
        await SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, CancellationToken.None);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_as_the_cause()
    {
        string path = System.IO.Path.Combine(_folder, "none", "chat.json");
        ApiFileException failure = await Assert.ThrowsAsync<ApiFileException>(() => SessionFile.WriteAsync(new ApiChatSession(), path, ExistingFile.Replace, CancellationToken.None));
        Assert.Equal(("file_unwritable", $"The file '{path}' cannot be written: its folder is not there."), (failure.Code, failure.Message));
    }

    [PowerShell7Fact("it cannot follow links: .NET Framework has no way to", IsOnUnixAlone = true)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Of_a_link_what_it_leads_to_is_replaced_with_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a right there that a test does not have.
            return;
        }
        string path = Path("chat.json");
        await File.WriteAllTextAsync(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path("link.json"), path);
        await SessionFile.WriteAsync(new ApiChatSession(), Path("link.json"), ExistingFile.Replace, CancellationToken.None);
        Assert.StartsWith("{", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Equal(path, new FileInfo(Path("link.json")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
        Directory.Delete(_folder, recursive: true);
    }

    private static SessionHistory Read(string text) => SessionReader.Read(Encoding.UTF8.GetBytes(text), "chat.json");

    private string Path(string name) => System.IO.Path.Combine(_folder, name);
}
