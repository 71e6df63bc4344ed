using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using ApiTools.Errors;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>Every fault as it looks on the wire.</summary>
public sealed class FaultTests
{
    private static readonly string Plain = SimulatorFixture.Wire(SimulatorFixture.Body("Hello"));
    private static readonly string Streamed = SimulatorFixture.Wire(SimulatorFixture.Body("Hello", ",\"stream\":true"));
    private static readonly string LastStreamed = SimulatorFixture.Wire(SimulatorFixture.Body("Hello", ",\"stream\":true"), "Connection: close\r\n");
    private static readonly string LastPlain = SimulatorFixture.Wire(SimulatorFixture.Body("Hello"), "Connection: close\r\n");

    public static TheoryData<string> Codes => [.. ApiErrorCatalog.All.Where(info => info.IsDocumented).Select(info => info.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_is_answered_with_its_status_in_the_documented_shape(string code)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = code, RetryAfter = 7, RetryAfterMs = 6500, Message = "Because." });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.Equal(ApiErrorCatalog.Find(code)!.Status, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("7", Assert.Single(answer.Headers.GetValues("Retry-After")));
        Assert.Equal("6500", Assert.Single(answer.Headers.GetValues("retry-after-ms")));
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        JsonElement error = body.RootElement.GetProperty("error");
        Assert.Equal(["message", "type", "code", "param"], error.EnumerateObject().Select(property => property.Name));
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal("Because.", error.GetProperty("message").GetString());
        Assert.Equal(code, Assert.Single(simulator.Requests).Code);

        using HttpResponseMessage next = await simulator.AskAsync("Hello");
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Close_ends_the_connection_at_the_byte(int at)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Close, AtByte = at });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(Plain);
        Assert.Equal(at, (await client.ReceiveAllAsync()).Length);
    }

    [Fact]
    public async Task Close_may_cut_within_a_stream_and_within_an_error()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Kind = SimulatorFaultKind.Close, AtByte = 900 },
            new SimulatorFault { Kind = SimulatorFaultKind.Close, Code = "service_unavailable", AtByte = 300 });
        using (RawClient first = await simulator.ConnectAsync())
        {
            await first.SendAsync(Streamed);
            string answer = await first.ReceiveAllAsync();
            Assert.Equal(900, answer.Length);
            Assert.Contains("chat.completion.chunk", answer, StringComparison.Ordinal);
        }
        using RawClient second = await simulator.ConnectAsync();
        await second.SendAsync(Plain);
        string error = await second.ReceiveAllAsync();
        Assert.Equal(300, error.Length);
        Assert.StartsWith("HTTP/1.1 503 Service Unavailable", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    public async Task Reset_resets_the_connection(int at)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Reset, AtByte = at });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(Plain);
        SocketException failure = await Assert.ThrowsAsync<SocketException>(client.ReceiveAllAsync);
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public async Task Stall_sends_so_many_bytes_and_then_nothing(int at)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Stall, AtByte = at });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(Plain);
        Assert.Equal(at, (await client.ReceiveAsync(at)).Length);
        Task<string> more = client.ReceiveOnceAsync();

        // Another connection is served meanwhile, and the stalled one ends with the client.
        using HttpResponseMessage other = await simulator.AskAsync("Hello");
        Assert.Equal(200, (int)other.StatusCode);
        client.EndSending();
        Assert.Equal(string.Empty, await more);
    }

    [Fact]
    public async Task Slow_sends_64_bytes_at_a_time()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Slow, DelayMs = 20 });
        using RawClient client = await simulator.ConnectAsync();
        Stopwatch watch = Stopwatch.StartNew();
        await client.SendAsync(LastPlain);
        string first = await client.ReceiveOnceAsync();
        string all = first + await client.ReceiveAllAsync();
        // A reader that is late gets several pieces at once, but never a part of one.
        Assert.Equal(0, first.Length % 64);
        Assert.True(first.Length < all.Length);
        Assert.EndsWith("}", all, StringComparison.Ordinal);
        Assert.True(watch.ElapsedMilliseconds >= 20 * (all.Length / 64 - 2), $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Garbage_is_no_HTTP_and_the_same_each_time()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Garbage, Times = -1 });
        string[] answers = new string[2];
        for (int i = 0; i < 2; i++)
        {
            using RawClient client = await simulator.ConnectAsync();
            await client.SendAsync(Plain);
            answers[i] = await client.ReceiveAllAsync();
        }
        Assert.Equal(256, answers[0].Length);
        Assert.DoesNotContain(answers[0], c => c < 128);
        Assert.Equal(answers[0], answers[1]);
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.AskAsync("Hello"));
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("service_unavailable", 503)]
    public async Task Html_takes_the_place_of_the_body(string? code, int status)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Html, Code = code });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_is_a_status_without_a_body()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Empty, Code = "internal_error" });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task InvalidJson_is_half_of_the_document()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Kind = SimulatorFaultKind.InvalidJson }, new SimulatorFault { Kind = SimulatorFaultKind.InvalidJson });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        string body = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("{\"id\":", body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));

        using HttpResponseMessage stream = await simulator.AskAsync("Hello", ",\"stream\":true");
        string[] events = (await stream.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, events.Count(item => item != "data: [DONE]" && !IsJson(item["data: ".Length..])));
        Assert.Equal("data: [DONE]", events[^1]);
    }

    [Fact]
    public async Task WrongContentType_says_text_for_what_is_JSON()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.WrongContentType });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(IsJson(await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream\":true")]
    public async Task Truncated_closes_where_the_last_chunk_should_be(string more)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Truncated, Times = -1 });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(SimulatorFixture.Wire(SimulatorFixture.Body("Hello", more)));
        string answer = await client.ReceiveAllAsync();
        Assert.Contains("Transfer-Encoding: chunked\r\n", answer, StringComparison.Ordinal);
        Assert.False(answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
        Assert.EndsWith("\r\n", answer, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.AskAsync("Hello", more));
    }

    [Fact]
    public async Task StreamError_breaks_off_with_an_error_under_200()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Kind = SimulatorFaultKind.StreamError, Code = "service_unavailable" });
        using (HttpResponseMessage plain = await simulator.AskAsync("Hello"))
        {
            Assert.Contains("finish_reason", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using HttpResponseMessage answer = await simulator.AskAsync("Hello", ",\"stream\":true");
        Assert.Equal(200, (int)answer.StatusCode);
        string[] events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("data: {\"error\":{\"message\":", events[^1], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"service_unavailable\"", events[^1], StringComparison.Ordinal);
        Assert.Contains("\"content\":\"You\"", events[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("service_unavailable", "\"error\":{\"message\":\"Service unavailable, as the simulator was asked to answer.\",\"type\":\"server_error\",\"code\":\"service_unavailable\",\"param\":null},")]
    public async Task FinishError_ends_half_of_a_stream_with_a_finish_of_error_and_the_error_that_it_names(string? code, string error)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.FinishError, Code = code });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello", ",\"stream\":true");
        Assert.Equal(200, (int)answer.StatusCode);
        string[] events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"content\":\"You\"", events[1], StringComparison.Ordinal);
        Assert.StartsWith("data: {\"id\":\"chatcmpl-sim-000001\",\"object\":\"chat.completion.chunk\",", events[^2], StringComparison.Ordinal);
        Assert.EndsWith(
            $"\"system_fingerprint\":\"fp_simulator\",{error}\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"\"}},\"logprobs\":null,\"finish_reason\":\"error\"}}]}}",
            events[^2],
            StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", events[^1]);
        Assert.DoesNotContain(events, item => item.Contains("\"stop\"", StringComparison.Ordinal));
        SimulatorRequest request = Assert.Single(simulator.Requests);
        Assert.Equal((200, $"{code} FinishError".TrimStart()), (request.Status, request.Fault));
    }

    [Fact]
    public async Task NotStreamed_answers_a_request_for_a_stream_with_a_plain_completion()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.NotStreamed });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello", ",\"stream\":true");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("You asked: ", Content(await answer.Content.ReadAsStringAsync(), "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "Permission denied", "permission_error", "403")]
    [InlineData(404, "Resource not found", "invalid_request_error", "404")]
    [InlineData(529, "Status 529", "server_error", "529")]
    public async Task A_status_alone_is_an_error_without_a_code(int status, string words, string type, string fault)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Status = status });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            $"{{\"error\":{{\"message\":\"{words}, as the simulator was asked to answer.\",\"type\":\"{type}\",\"code\":null,\"param\":null}}}}",
            await answer.Content.ReadAsStringAsync());
        SimulatorRequest request = Assert.Single(simulator.Requests);
        Assert.Equal((status, null, fault), (request.Status, request.Code, request.Fault));
    }

    [Fact]
    public async Task A_code_may_come_under_another_status_and_a_status_may_misbehave()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "insufficient_quota", Status = 402 }, new SimulatorFault { Status = 502, Kind = SimulatorFaultKind.Html });
        using HttpResponseMessage quota = await simulator.AskAsync("Hello");
        using HttpResponseMessage page = await simulator.AskAsync("Hello");
        Assert.Equal((402, 502), ((int)quota.StatusCode, (int)page.StatusCode));
        Assert.Contains("\"code\":\"insufficient_quota\"", await quota.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("<html>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["402 insufficient_quota", "502 Html"], simulator.Requests.Select(request => request.Fault!));
    }

    [Theory]
    [InlineData(SimulatorFaultKind.NoFinish, false, true)]
    [InlineData(SimulatorFaultKind.NoDone, true, false)]
    public async Task NoFinish_and_NoDone_leave_out_the_end_that_they_name(SimulatorFaultKind kind, bool finish, bool done)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = kind });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(LastStreamed);
        string answer = await client.ReceiveAllAsync();
        Assert.Equal(finish, answer.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal));
        Assert.Equal(done, answer.Contains("[DONE]", StringComparison.Ordinal));
        Assert.EndsWith("0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepAlive_sends_comments_and_never_an_event()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.KeepAlive, DelayMs = 1 });
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(Streamed);
        string answer = await client.ReceiveAsync(2000);
        Assert.Contains(": keep-alive\n\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream\":true")]
    public async Task Huge_has_a_text_of_so_many_bytes(string more)
    {
        const int Size = 1_000_000;
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorFault { Kind = SimulatorFaultKind.Huge, AtByte = Size });
        using HttpResponseMessage answer = await simulator.AskAsync("Hello", more);
        string body = await answer.Content.ReadAsStringAsync();
        int length = more.Length == 0
            ? Content(body, "message").Length
            : body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(item => item != "data: [DONE]").Sum(item => Content(item["data: ".Length..], "delta").Length);
        Assert.Equal(Size, length);
    }

    [Fact]
    public async Task A_rule_fires_after_so_many_matching_requests_and_so_many_times()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "rate_limit_exceeded", After = 1, Times = 2, Prompt = "*LIMIT?me*" },
            new SimulatorFault { Code = "service_unavailable", Times = -1, Model = "o4-*" });
        Assert.Equal([200, 429, 429, 200], await StatusesAsync(simulator, "please limit me", 4));
        Assert.Equal([200, 200], await StatusesAsync(simulator, "nothing of the kind", 2));
        foreach (int _ in Enumerable.Range(0, 3))
        {
            using HttpResponseMessage answer = await simulator.PostAsync(SimulatorFixture.Body("x").Replace("gpt-4o", "o4-mini", StringComparison.Ordinal));
            Assert.Equal(503, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_first_rule_with_times_left_fires_and_all_that_match_count_the_request()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "rate_limit_exceeded" },
            new SimulatorFault { Code = "service_unavailable", After = 1 },
            new SimulatorFault { Code = "internal_error", After = 4 });
        Assert.Equal([429, 503, 200, 200, 500, 200], await StatusesAsync(simulator, "Hello", 6));
    }

    [Fact]
    public async Task A_rule_concerns_chats_unless_it_names_another_path()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Code = "internal_error" }, new SimulatorFault { Code = "service_unavailable", Path = "/v1/models*" });
        using HttpResponseMessage models = await simulator.Client.GetAsync("v1/models");
        using HttpResponseMessage again = await simulator.Client.GetAsync("v1/models");
        using HttpResponseMessage chat = await simulator.AskAsync("Hello");
        Assert.Equal([503, 200, 500], new[] { (int)models.StatusCode, (int)again.StatusCode, (int)chat.StatusCode });
    }

    [Fact]
    public async Task Latency_and_a_rules_delay_come_before_the_answer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions
        {
            Latency = TimeSpan.FromMilliseconds(60),
            Faults = [new SimulatorFault { Code = "internal_error", DelayMs = 120 }],
        });
        Stopwatch watch = Stopwatch.StartNew();
        using HttpResponseMessage answer = await simulator.AskAsync("Hello");
        Assert.True(watch.ElapsedMilliseconds >= 170, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_token_delay_comes_before_each_event_but_the_first()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start(new SimulatorOptions { TokenDelay = TimeSpan.FromMilliseconds(10) });
        Stopwatch watch = Stopwatch.StartNew();
        using HttpResponseMessage answer = await simulator.AskAsync("Hello", ",\"stream\":true");
        int events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.True(watch.ElapsedMilliseconds >= 9 * (events - 1), $"{watch.ElapsedMilliseconds} ms for {events} events");
    }

    public static TheoryData<SimulatorFault, string> WrongRules => new()
    {
        { new SimulatorFault(), "needs a Code, a Status or a Kind" },
        { new SimulatorFault { Code = "no_connection" }, "no fault 'no_connection'" },
        { new SimulatorFault { Code = "internal_error", Times = 0 }, "Times cannot be 0" },
        { new SimulatorFault { Code = "internal_error", Times = -2 }, "Times cannot be -2" },
        { new SimulatorFault { Code = "internal_error", After = -1 }, "After cannot be -1" },
        { new SimulatorFault { Code = "internal_error", RetryAfter = -1 }, "RetryAfter cannot be -1" },
        { new SimulatorFault { Code = "internal_error", RetryAfterMs = -1 }, "RetryAfterMs cannot be -1" },
        { new SimulatorFault { Code = "internal_error", AtByte = 3 }, "AtByte cannot be 3" },
        { new SimulatorFault { Kind = SimulatorFaultKind.Close, AtByte = -1 }, "AtByte cannot be -1" },
        { new SimulatorFault { Kind = SimulatorFaultKind.Slow, DelayMs = -1 }, "DelayMs cannot be -1" },
        { new SimulatorFault { Kind = (SimulatorFaultKind)99 }, "Kind cannot be 99: it has to be one of Close, Reset, " },
        { new SimulatorFault { Status = 200 }, "Status cannot be 200: it has to be 400 to 599" },
        { new SimulatorFault { Status = 403, Kind = SimulatorFaultKind.StreamError }, "Status cannot go with StreamError" },
        { new SimulatorFault { Code = "internal_error", Kind = SimulatorFaultKind.Huge }, "Kind cannot be Huge where it has a Code or a Status" },
        { new SimulatorFault { Status = 403, Kind = SimulatorFaultKind.NoDone }, "Kind cannot be NoDone where it has a Code or a Status" },
        { new SimulatorFault { Code = "internal_error", Path = "v1/models" }, "Path cannot be 'v1/models': it has to be like a path, which begins with a slash, or it would never match" },
        { new SimulatorFault { Code = "internal_error", Prompt = "[" }, "Prompt cannot be '[': it has to be a pattern" },
        { new SimulatorFault { Code = "internal_error", Model = "gpt-[]" }, "Model cannot be 'gpt-[]': it has to be a pattern" },
        { new SimulatorFault { Code = "internal_error", Path = "/v[9-2]" }, "Path cannot be '/v[9-2]': it has to be a pattern" },
        { new SimulatorFault { Code = "internal_error", Path = string.Empty }, "Path cannot be '': it has to be like a path" },
        { new SimulatorFault { Code = "internal_error", Path = "/v1/models", Prompt = "x" }, "Path cannot be '/v1/models': it has to be like /v1/chat/completions where it has a Prompt" },
        { new SimulatorFault { Code = "internal_error", Path = "/v1/models*", Model = "x" }, "it has to be like /v1/chat/completions where it has a Model" },
        { new SimulatorFault { Kind = SimulatorFaultKind.KeepAlive, Path = "/v1/models" }, "it has to be like /v1/chat/completions where its Kind is KeepAlive" },
    };

    [Theory]
    [MemberData(nameof(WrongRules))]
    public void A_rule_that_cannot_be_is_refused_before_the_start(SimulatorFault fault, string message)
    {
        ApiRequestException failure = Assert.Throws<ApiRequestException>(() => SimulatorServer.Start(new SimulatorOptions { Faults = [fault] }));
        Assert.Equal("invalid_value", failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a?c", "ABC", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*b*d", "abcbd", true)]
    [InlineData("*b*d", "abcdb", false)]
    [InlineData("gpt-4o*", "gpt-4o-mini", true)]
    [InlineData("gpt-4o", "gpt-4o-mini", false)]
    [InlineData("[2-9]*", "20", true)]
    [InlineData("[2-9]*", "12", false)]
    [InlineData("[2-9]*", "[2-9] and more", false)]
    [InlineData("[a-cX_]?", "B!", true)]
    [InlineData("[a-cX_]?", "x!", true)]
    [InlineData("[a-cX_]?", "_!", true)]
    [InlineData("[a-cX_]?", "d!", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("`[2`]`*", "[2]*", true)]
    [InlineData("`[2`]`*", "[2]x", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("a]b`", "A]b`", true)]
    public void A_wildcard_matches_the_whole_text(string pattern, string text, bool matches) => Assert.Equal(matches, Wildcard.Parse(pattern)!.IsMatch(text));

    private static async Task<IReadOnlyList<int>> StatusesAsync(SimulatorFixture simulator, string prompt, int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++)
        {
            using HttpResponseMessage answer = await simulator.AskAsync(prompt);
            statuses.Add((int)answer.StatusCode);
        }
        return statuses;
    }

    private static string Content(string json, string holder)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement part = document.RootElement.GetProperty("choices")[0].GetProperty(holder);
        return part.TryGetProperty("content", out JsonElement content) ? content.GetString()! : string.Empty;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
