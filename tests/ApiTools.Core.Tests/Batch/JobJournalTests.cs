using System.Text;
using System.Text.Json;
using ApiTools.Batch;
using ApiTools.Core.Tests.Chat;

namespace ApiTools.Core.Tests.Batch;

public sealed class JobJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finished_input_is_answered_from_the_journal()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            JournalInput input = journal.Identify(JournalFolder.Request(1), null);
            Assert.Null(journal.Find(input));
            await journal.AppendAsync(input, JournalFolder.Answer(1));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal((1, 0, 0, false), (again.Answered, again.Failed, (int)again.HealedBytes, again.StartsNewJob));
        JournalInput same = again.Identify(JournalFolder.Request(1), null);
        ChatCompletion found = again.Find(same)!.Completion!;
        ChatCompletionWriterTests.AssertSame(JournalFolder.Answer(1), found);
        Assert.Equal((true, same.Key, "req_1", TimeSpan.FromTicks(12_345_678), 2), (found.FromJournal, found.CustomId, found.RequestId, found.Duration, found.Attempts));
        ApiAttempt first = found.AttemptHistory[0];
        Assert.Equal(
            (1, "gpt-4o", 429, "rate_limit_exceeded", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2), "tried again after 2 s"),
            (first.Number, first.Model, first.Status, first.Code, first.Duration, first.Wait, first.Reason));
        Assert.Equal((2, null, TimeSpan.FromTicks(1), null), (found.AttemptHistory[1].Number, found.AttemptHistory[1].Code, found.AttemptHistory[1].Duration, found.AttemptHistory[1].Wait));
        Assert.Null(again.Find(again.Identify(JournalFolder.Request(2), null)));
    }

    [Fact]
    public async Task A_line_is_the_Batch_APIs()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), "mine"), JournalFolder.Answer(1));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(2), "other"), JournalFolder.Failure("invalid_value", 400));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(3), null), JournalFolder.Failure("timeout", null));
        }
        string[] lines = _folder.Lines();
        JsonElement header = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(1, header.GetProperty("apitools_journal").GetInt32());
        Assert.Equal("gpt-4o", header.GetProperty("job").GetProperty("model").GetString());
        Assert.Equal("0.5", header.GetProperty("job").GetProperty("parameters").GetProperty("temperature").GetString());
        Assert.DoesNotContain("Say", lines[0], StringComparison.Ordinal);
        JsonElement answer = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal(["custom_id", "response", "error", "apitools"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("mine", answer.GetProperty("custom_id").GetString());
        Assert.Equal(200, answer.GetProperty("response").GetProperty("status_code").GetInt32());
        Assert.Equal("It is 1", answer.GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
        JsonElement refused = JsonDocument.Parse(lines[2]).RootElement;
        Assert.Equal(400, refused.GetProperty("response").GetProperty("status_code").GetInt32());
        Assert.Equal("their_code", refused.GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("invalid_value", refused.GetProperty("error").GetProperty("code").GetString());
        JsonElement lost = JsonDocument.Parse(lines[3]).RootElement;
        Assert.Equal(JsonValueKind.Null, lost.GetProperty("response").ValueKind);
        byte[] bytes = File.ReadAllBytes(_folder.File);
        Assert.Equal(((byte)'{', (byte)'\n', false), (bytes[0], bytes[^1], bytes.Contains((byte)'\r')));
    }

    [Fact]
    public async Task Equal_inputs_are_told_apart_by_which_of_them_they_are()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            JournalInput first = journal.Identify(JournalFolder.Request(1), null);
            JournalInput second = journal.Identify(JournalFolder.Request(1), null);
            Assert.Equal((first.Request[..16] + "-1", first.Request[..16] + "-2"), (first.Key, second.Key));
            await journal.AppendAsync(second, JournalFolder.Answer(22));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Null(again.Find(again.Identify(JournalFolder.Request(1), null)));
        Assert.Null(again.Find(again.Identify(JournalFolder.Request(0), null)));
        Assert.Equal("It is 22", again.Find(again.Identify(JournalFolder.Request(1), "by another name"))!.Completion!.Content);
        Assert.Null(again.Find(again.Identify(JournalFolder.Request(1), null)));
    }

    [Fact]
    public async Task A_key_tells_apart_whatever_the_content()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync(journal.IdentifyByKey("A-1", JournalFolder.Request(1)), JournalFolder.Answer(1));
            await journal.AppendAsync(journal.IdentifyByKey("half \ud800", JournalFolder.Request(2)), JournalFolder.Answer(2));
        }
        await using JobJournal again = await _folder.OpenAsync();
        JournalMatch same = again.Find(again.IdentifyByKey("A-1", JournalFolder.Request(1)))!;
        Assert.Equal(("It is 1", "A-1", false), (same.Completion!.Content, same.Completion.CustomId, same.IsOtherRequest));
        JournalMatch other = again.Find(again.IdentifyByKey("half \ud800", JournalFolder.Request(99)))!;
        Assert.Equal(("It is 2", true), (other.Completion!.Content, other.IsOtherRequest));
        Assert.Null(again.Find(again.IdentifyByKey("half \ud801", JournalFolder.Request(2))));
        Assert.Null(again.Find(again.IdentifyByKey("a-1", JournalFolder.Request(1))));
    }

    [Theory]
    [InlineData("A", "Two inputs have the key 'A': the property that -KeyProperty names has to tell them apart.")]
    [InlineData("", "An input has no key: the property that -KeyProperty names is empty.")]
    public async Task A_key_that_tells_nothing_apart_is_refused(string key, string message)
    {
        await using JobJournal journal = await _folder.OpenAsync();
        journal.IdentifyByKey("A", JournalFolder.Request(1));
        ApiException error = Assert.ThrowsAny<ApiException>(() => journal.IdentifyByKey(key, JournalFolder.Request(2)));
        Assert.Equal(("invalid_value", "KeyProperty", message), (error.Code, error.Param, error.Message));
    }

    [Theory]
    [InlineData("invalid_value", 400, true)]
    [InlineData("context_length_exceeded", 400, true)]
    [InlineData("content_filter", 400, true)]
    [InlineData("invalid_value", null, false)]
    [InlineData("model_not_supported", 404, false)]
    [InlineData("http_409", 409, false)]
    [InlineData("invalid_api_key", 401, false)]
    [InlineData("http_403", 403, false)]
    [InlineData("http_404", 404, false)]
    [InlineData("insufficient_quota", 429, false)]
    [InlineData("rate_limit_exceeded", 429, false)]
    [InlineData("internal_error", 500, false)]
    [InlineData("connection_failed", null, false)]
    [InlineData("timeout", null, false)]
    public async Task A_failed_input_is_tried_again_where_that_can_help(string code, int? status, bool isKnown)
    {
        ApiException failure = JournalFolder.Failure(code, status);
        failure.AttemptHistory = JournalFolder.Answer(1).AttemptHistory;
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), failure);
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal((0, 1), (again.Answered, again.Failed));
        JournalMatch? match = again.Find(again.Identify(JournalFolder.Request(1), null));
        Assert.Equal(isKnown, match is not null);
        if (match is not null)
        {
            ApiException found = match.Failure!;
            Assert.Null(match.Completion);
            Assert.IsType(failure.GetType(), found);
            Assert.Equal(
                (code, status, failure.Message, "their_code", "their_type", "messages[0]", "req_f", 2),
                (found.Code, found.Status, found.Message, found.ServiceCode, found.Type, found.Param, found.RequestId, found.Attempts));
        }
    }

    [Fact]
    public async Task An_answer_counts_whatever_failed_before_and_after_it()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            JournalInput input = journal.Identify(JournalFolder.Request(1), null);
            await journal.AppendAsync(input, JournalFolder.Failure("invalid_value", 400));
            await journal.AppendAsync(input, JournalFolder.Answer(1));
            await journal.AppendAsync(input, JournalFolder.Failure("invalid_value", 400));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal((1, 0), (again.Answered, again.Failed));
        Assert.Equal("It is 1", again.Find(again.Identify(JournalFolder.Request(1), null))!.Completion!.Content);
    }

    [Fact]
    public async Task Another_parameter_is_another_job_and_says_what_changed()
    {
        JobDescription other = new("gpt-4", [("temperature", "1"), ("seed", "7")], [("prompt", "Sing {n}")]);
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            Assert.False(journal.StartsNewJob);
            await journal.AppendAsync(journal.IdentifyByKey("A", JournalFolder.Request(1)), JournalFolder.Answer(1));
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(5), null), JournalFolder.Answer(5));
        }
        await using (JobJournal journal = await _folder.OpenAsync(other))
        {
            Assert.True(journal.StartsNewJob);
            Assert.Equal(
                ["model from gpt-4o to gpt-4", "prompt changed", "seed from none to 7", "temperature from 0.5 to 1"],
                journal.Changes.Select(change => change.ToString()));
            Assert.Null(journal.Find(journal.IdentifyByKey("A", JournalFolder.Request(1))));
            // What is told apart by its content has all its parameters in it.
            Assert.Equal("It is 5", journal.Find(journal.Identify(JournalFolder.Request(5), null))!.Completion!.Content);
        }
        await using (JobJournal journal = await _folder.OpenAsync(other))
        {
            Assert.False(journal.StartsNewJob);
            Assert.Empty(journal.Changes);
        }
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            Assert.Equal("It is 1", journal.Find(journal.IdentifyByKey("A", JournalFolder.Request(1)))!.Completion!.Content);
        }
        Assert.Equal(3, _folder.Lines().Count(line => line.StartsWith("{\"apitools_journal\":1,", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_fingerprint_is_that_of_all_names_and_values()
    {
        string[] fingerprints =
        [
            Make("m", [("a", "1")], []), Make(null, [("a", "1")], []), Make("m", [("a", null)], []), Make("m", [("a", "")], []), Make("m", [("a1", "")], []),
            Make("m", [("a", "1"), ("b", "")], []), Make("m", [], [("a", "1")]), Make("ma", [("1", "")], []),
        ];
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.Equal(Make("m", [("a", "1"), ("b", "2")], []), Make("m", [("b", "2"), ("c", null), ("a", "1")], []));

        static string Make(string? model, (string, string?)[] parameters, (string, string?)[] texts) => new JobDescription(model, parameters, texts).Fingerprint;
    }

    [Fact]
    public async Task Sixty_four_writers_at_once_lose_nothing()
    {
        const int Writers = 64, Each = 50;
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            JournalInput[] inputs = [.. Enumerable.Range(0, Writers * Each).Select(i => journal.Identify(JournalFolder.Request(i), null))];
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            {
                for (int i = writer * Each; i < (writer + 1) * Each; i++)
                {
                    await journal.AppendAsync(inputs[i], JournalFolder.Answer(i));
                }
            })));
        }
        await using JobJournal again = await _folder.OpenAsync();
        Assert.Equal(Writers * Each, again.Answered);
        for (int i = 0; i < Writers * Each; i++)
        {
            Assert.Equal("It is " + i, again.Find(again.Identify(JournalFolder.Request(i), null))!.Completion!.Content);
        }
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        JobJournal journal = await _folder.OpenAsync();
        Task[] appends = [.. Enumerable.Range(0, 500).Select(i => journal.AppendAsync(journal.Identify(JournalFolder.Request(i), null), JournalFolder.Answer(i)))];
        journal.Dispose();
        await Task.WhenAll(appends).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(501, _folder.Lines().Length);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync(new JournalInput("k", "", 1, default), JournalFolder.Answer(1)));
    }

    [Fact]
    public async Task A_large_answer_comes_back()
    {
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(i => (char)(i % 0xffff))) + new string('x', 1_000_000);
        ChatCompletion large = new("c", "m", [new ChatChoice(0, text, null, null, [], "stop")], null);
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), large);
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(2), null), JournalFolder.Answer(2));
        }
        await using JobJournal again = await _folder.OpenAsync();
        ChatCompletionWriterTests.AssertSame(large, again.Find(again.Identify(JournalFolder.Request(1), null))!.Completion!);
        Assert.Equal("It is 2", again.Find(again.Identify(JournalFolder.Request(2), null))!.Completion!.Content);
    }

    [Fact]
    public async Task A_key_in_an_error_is_masked()
    {
        await using (JobJournal journal = await _folder.OpenAsync())
        {
            ApiException failure = ApiTools.Errors.ApiErrors.ConnectionFailed("refused: sk-abcdefghijklmnop", canPass: false);
            await journal.AppendAsync(journal.Identify(JournalFolder.Request(1), null), failure);
        }
        Assert.DoesNotContain("sk-abc", Encoding.UTF8.GetString(File.ReadAllBytes(_folder.File)), StringComparison.Ordinal);
    }
}
