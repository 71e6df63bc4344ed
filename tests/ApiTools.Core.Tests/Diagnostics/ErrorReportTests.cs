using System.Text;
using System.Text.Json;
using ApiTools.Diagnostics;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Core.Tests.Diagnostics;

/// <summary>A report says what support needs, and nothing that the public should not see.</summary>
public sealed class ErrorReportTests
{
    private const string Key = "my+own/key-0123";

    private static readonly KeyValuePair<string, string>[] Versions = [new("ApiTools", "0.1.0")];

    [Fact]
    public void The_message_is_first_and_the_usage_page_and_support_are_named()
    {
        using ApiConnection connection = Records.Connect(Key);
        string report = Markdown(Failure(connection));
        Assert.StartsWith("# API error report\n\n```\nToo many: *** and ***\n```\n\n| Field | Value |\n| --- | --- |\n| Code | rate_limit_exceeded |\n| Status | 429 |\n", report, StringComparison.Ordinal);
        Assert.Contains("| Request id | req_9 |\n| Time | 2026-11-25 10:00:00.000 +01:00 (2026-11-25T09:00:00.000Z) |\n| Service | https://api.openai.com/v1 |\n| Service's name | OpenAI |\n", report, StringComparison.Ordinal);
        Assert.Contains("| x-request-id | req_9 |\n", report, StringComparison.Ordinal);
        Assert.EndsWith("## Where to turn\n\n- Usage in the console: https://platform.openai.com/usage\n- Technical support: https://help.openai.com\n", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_api_key", "https://platform.openai.com/account/api-keys")]
    [InlineData("expired_api_key", "https://platform.openai.com/account/api-keys")]
    [InlineData("revoked_api_key", "https://platform.openai.com/account/api-keys")]
    [InlineData("insufficient_quota", "https://platform.openai.com/usage")]
    [InlineData("rate_limit_exceeded", null)]
    public void What_only_the_provider_can_do_has_its_page_of_the_console(string code, string? page)
    {
        using ApiConnection connection = Records.Connect(Key);
        ApiException failure = ApiExceptionFactory.Create(new ApiFailure { Code = code, Message = "x" });
        Assert.Null(ServiceDirectory.PageFor(failure));
        new FailureContext(connection, DateTimeOffset.UnixEpoch, []).Keep(failure);
        Assert.Equal(page, ServiceDirectory.PageFor(failure));
    }

    [Fact]
    public void Another_tools_failure_says_what_it_was_read_from_and_of_which_service()
    {
        ApiException failure = ApiExceptionFactory.Create(new ApiFailure { Code = "rate_limit_exceeded", Status = 429, Message = "Slow down", RayId = "8c1f-FRA" });
        ErrorReport report = new(failure, new ErrorReportOptions { Source = "traceback", Host = "api.groq.com:443", Model = "llama-3" });
        Assert.Equal(
            ["Code=rate_limit_exceeded", "Status=429", "CF-RAY=8c1f-FRA", "Service=api.groq.com:443", "Service's name=Groq", "Model=llama-3", "Read from=traceback"],
            report.Facts.Where(fact => fact.Key is not ("Description" or "Solution")).Select(fact => $"{fact.Key}={fact.Value}"));
    }

    [Fact]
    public void What_was_asked_is_shown_as_its_length_alone_unless_wanted()
    {
        using ApiConnection connection = Records.Connect(Key);
        string report = Markdown(Failure(connection));
        Assert.Contains("\"temperature\": 0.5", report, StringComparison.Ordinal);
        Assert.Contains("\"content\": \"(25 characters)\"", report, StringComparison.Ordinal);
        Assert.Contains("\"model\": \"gpt-4o\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain("private", report, StringComparison.Ordinal);
        string whole = Markdown(Failure(connection), content: true);
        Assert.Contains("\"content\":\"private: *** \"", whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_key_is_in_it_whichever_connection_has_it(bool json)
    {
        using ApiConnection connection = Records.Connect(Key);
        ErrorReport report = new(Failure(connection), new ErrorReportOptions { Versions = Versions, IncludeContent = true, Keys = ["another-plain-key"] });
        string text = json ? ErrorReportJson.Write(report) : ErrorReportMarkdown.Write(report);
        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain("another-plain-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-proj", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_has_the_same_and_is_JSON()
    {
        using ApiConnection connection = Records.Connect(Key);
        ApiException error = Failure(connection);
        using JsonDocument json = JsonDocument.Parse(ErrorReportJson.Write(new ErrorReport(error, new ErrorReportOptions { Versions = Versions })));
        Assert.Equal("message", json.RootElement.EnumerateObject().First().Name);
        Assert.Equal("rate_limit_exceeded", json.RootElement.GetProperty("code").GetString());
        Assert.Equal((429, error.Attempts), (json.RootElement.GetProperty("status").GetInt32(), json.RootElement.GetProperty("attempts").GetInt32()));
        Assert.Equal("req_9", json.RootElement.GetProperty("headers").GetProperty("x-request-id").GetString());
        Assert.Equal("https://platform.openai.com/usage", json.RootElement.GetProperty("usage_page").GetString());
    }

    [Fact]
    public void What_a_service_wrote_cannot_leave_its_place()
    {
        ApiException error = ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "x",
            Status = 400,
            Message = "```\n# fake\n@everyone \u001b[31m",
            Type = "a|b [link](http://x) <img src=x> @all",
            RawBody = "````\nx",
        });
        string report = Markdown(error);
        Assert.StartsWith("# API error report\n\n````\n```\n# fake\n@everyone \u241b[31m\n````\n", report, StringComparison.Ordinal);
        Assert.Contains("| Type | a\\|b \\[link\\](http://x) \\<img src=x\\> \\@all |", report, StringComparison.Ordinal);
        Assert.Contains("`````\n````\nx\n`````", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_is_no_JSON_and_a_name_that_is_none_are_told_by_their_size()
    {
        Assert.Contains("\"model\": \"(101 characters)\"", RequestOutline.Of(Encoding.UTF8.GetBytes($$"""{"model":"{{new string('m', 101)}}"}"""), null), StringComparison.Ordinal);
        Assert.Equal("(7 bytes, no JSON)", RequestOutline.Of("{\"a\": b"u8.ToArray(), null));
        Assert.Equal("(100000 bytes, no JSON)", RequestOutline.Of(Encoding.ASCII.GetBytes(new string('[', 100_000)), null));
    }

    [Theory]
    [InlineData("https://my-resource.openai.azure.com/openai/v1", "Azure OpenAI")]
    [InlineData("https://api.groq.com/openai/v1", "Groq")]
    [InlineData("https://notapi.groq.com.example.org/v1", null)]
    [InlineData("https://evilapi.openai.com/v1", null)]
    [InlineData("http://127.0.0.1:8080/v1", null)]
    public void A_service_is_known_by_its_host_alone(string address, string? name) => Assert.Equal(name, ServiceDirectory.Find(new Uri(address))?.Name);

    private static string Markdown(ApiException error, bool content = false) =>
        ErrorReportMarkdown.Write(new ErrorReport(error, new ErrorReportOptions { Versions = Versions, IncludeContent = content }));

    private static ApiException Failure(ApiConnection connection)
    {
        ApiException error = Records.Error("rate_limit_exceeded", 429, $"Too many: {Key} and sk-proj-abcdefghijkl.");
        error.RequestBody = Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","temperature":0.5,"messages":[{"role":"user","content":"private: {{Key}} "}]}""");
        new FailureContext(connection, Records.Time.ToOffset(TimeSpan.FromHours(1)), [new("x-request-id", "req_9"), new("via", "another-plain-key")]).Keep(error);
        return error;
    }
}
