using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiTools.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiTools.Core.Tests.Simulator;

public sealed class HttpServerTests
{
    private static readonly string Hello = SimulatorFixture.Body("Hello");

    [Fact]
    public async Task A_connection_serves_one_request_after_another()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync(SimulatorFixture.Wire(Hello));
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.ReceiveUntilAsync("\"total_tokens\""), StringComparison.Ordinal);
            await client.SendAsync("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Contains("HTTP/1.1 404 Not Found", await client.ReceiveUntilAsync("unknown_url"), StringComparison.Ordinal);
        }
        Assert.Equal(6, simulator.Requests.Count);
    }

    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_order()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(string.Concat(
            SimulatorFixture.Wire(SimulatorFixture.Body("first")),
            SimulatorFixture.Wire(SimulatorFixture.Body("second")),
            SimulatorFixture.Wire(SimulatorFixture.Body("third"), "Connection: close\r\n")));
        string all = await client.ReceiveAllAsync();
        Assert.True(all.IndexOf("first", StringComparison.Ordinal) < all.IndexOf("second", StringComparison.Ordinal));
        Assert.True(all.IndexOf("second", StringComparison.Ordinal) < all.IndexOf("third", StringComparison.Ordinal));
        Assert.Equal(4, all.Split("HTTP/1.1 200 OK").Length);
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        foreach (byte one in Encoding.UTF8.GetBytes(SimulatorFixture.Wire(Hello, "Connection: close\r\n")))
        {
            await client.SendAsync([one]);
        }
        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_come_in_chunks_with_extensions_and_trailers()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        string head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {SimulatorKeys.Valid}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        await client.SendAsync($"{head}5;name=value\r\n{Hello[..5]}\r\n{Hello.Length - 5:X}\r\n{Hello[5..]}\r\n0\r\nX-Trailer: y\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReceiveAllAsync(), StringComparison.Ordinal);
        Assert.Equal(Hello, Assert.Single(simulator.Requests).Body);
    }

    [Fact]
    public async Task A_client_that_expects_a_word_before_its_body_gets_it()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        string wire = SimulatorFixture.Wire(Hello, "Expect: 100-continue\r\nConnection: close\r\n");
        int body = wire.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        await client.SendAsync(wire[..body]);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await client.ReceiveUntilAsync("\r\n\r\n"));
        await client.SendAsync(wire[body..]);
        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("\u0001\u0002", 400)]
    [InlineData("\u0016\u0003\u0001", 400)]
    [InlineData("GET  /v1/models HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET v1/models HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /v1/models HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v1/models FTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost : x\r\n\r\n", 400)]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400)]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost: x\r\nnothing\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857601\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: a-miracle\r\n\r\n", 417)]
    public async Task What_cannot_be_read_is_answered_and_the_connection_ends(string wire, int status)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(Encoding.Latin1.GetBytes(wire));
        string answer = await client.ReceiveAllAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("{\"error\":{\"message\":\"", answer, StringComparison.Ordinal);
        Assert.Equal(status, Assert.Single(simulator.Requests).Status);
    }

    [Fact]
    public async Task A_head_of_more_than_64_KB_is_refused_before_it_ends()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync("GET /v1/models HTTP/1.1\r\nHost: x\r\nX-Long: " + new string('a', HttpRequestReader.MaximumHead));
        Assert.StartsWith("HTTP/1.1 431 ", await client.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /v1/chat/com")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")]
    public async Task Half_a_request_is_answered_with_400(string wire)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync(wire);
        client.EndSending();
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_on_which_nothing_is_sent_is_closed_without_a_word()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        client.EndSending();
        Assert.Equal(string.Empty, await client.ReceiveAllAsync());
        Assert.Empty(simulator.Requests);
    }

    [Theory]
    [InlineData("HEAD", "/v1/models", "GET")]
    [InlineData("OPTIONS", "/v1/chat/completions", "POST")]
    [InlineData("GET", "/v1/chat/completions", "POST")]
    [InlineData("DELETE", "/v1/models/gpt-4o", "GET")]
    public async Task Another_method_is_405_and_says_which_is_right(string method, string path, string allowed)
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        await client.SendAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        string answer = await client.ReceiveAllAsync();
        Assert.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nAllow: {allowed}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(method == "HEAD", answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_gets_a_stream_without_chunks_that_ends_with_the_connection()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using RawClient client = await simulator.ConnectAsync();
        string wire = SimulatorFixture.Wire(SimulatorFixture.Body("Hello", ",\"stream\":true"));
        await client.SendAsync(wire.Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal));
        string answer = await client.ReceiveAllAsync();
        Assert.DoesNotContain("chunked", answer, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task It_answers_at_every_name_of_this_machine(string host)
    {
        if (host == "[::1]" && !Socket.OSSupportsIPv6)
        {
            return;
        }
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        using HttpResponseMessage answer = await simulator.Client.GetAsync(new Uri($"http://{host}:{simulator.Port}/v1/models"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Sixty_four_clients_at_once_each_get_their_own_answer()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            using HttpClient client = simulator.NewClient(SimulatorKeys.Valid);
            StringBuilder all = new();
            for (int turn = 0; turn < 5; turn++)
            {
                string more = i % 2 == 0 ? ",\"stream\":true" : string.Empty;
                using HttpResponseMessage answer = await client.PostAsync(
                    "v1/chat/completions", SimulatorFixture.Json(SimulatorFixture.Body($"<client-{i}-{turn}>", more)));
                all.Append(await answer.Content.ReadAsStringAsync());
            }
            return all.ToString();
        }));
        for (int i = 0; i < answers.Length; i++)
        {
            Assert.All(Enumerable.Range(0, 5), turn => Assert.Contains($"<client-{i}-{turn}>", answers[i], StringComparison.Ordinal));
        }
        Assert.Equal(320, simulator.Requests.Select(request => request.RequestId).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 320), simulator.Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task Stopping_ends_every_connection_and_frees_the_port()
    {
        SimulatorFixture simulator = SimulatorFixture.Start(
            new SimulatorFault { Kind = SimulatorFaultKind.Stall, Times = -1, Prompt = "stall" },
            new SimulatorFault { Kind = SimulatorFaultKind.KeepAlive, Times = -1, DelayMs = 1 });
        int port = simulator.Port;
        using RawClient idle = await simulator.ConnectAsync();
        using RawClient half = await simulator.ConnectAsync();
        using RawClient stalled = await simulator.ConnectAsync();
        using RawClient endless = await simulator.ConnectAsync();
        await half.SendAsync("POST /v1/chat");
        await stalled.SendAsync(SimulatorFixture.Wire(SimulatorFixture.Body("stall")));
        await endless.SendAsync(SimulatorFixture.Wire(SimulatorFixture.Body("x", ",\"stream\":true")));
        await endless.ReceiveUntilAsync(": keep-alive");

        await simulator.DisposeAsync().AsTask().WaitAsync(SimulatorFixture.Patience);

        await Assert.ThrowsAnyAsync<SocketException>(() => RawClient.ConnectAsync(port));
        foreach (RawClient client in new[] { idle, half, stalled, endless })
        {
            // Ended or reset: both are an end.
            await Record.ExceptionAsync(client.ReceiveAllAsync).WaitAsync(SimulatorFixture.Patience);
        }
        await using SimulatorFixture again = SimulatorFixture.Start(new SimulatorOptions { Port = port });
        using HttpResponseMessage answer = await again.AskAsync("Hello");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Stopping_never_waits_for_a_clock()
    {
        // Many times, because it was a race: an accept that ended before the stop was known waited on a clock that stood still.
        for (int i = 0; i < 200; i++)
        {
            using SimulatorServer server = SimulatorServer.Start(new SimulatorOptions { Time = new FakeTimeProvider() });
            using RawClient client = await RawClient.ConnectAsync(server.Port);
            await server.StopAsync().WaitAsync(SimulatorFixture.Patience);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_typed_error()
    {
        await using SimulatorFixture simulator = SimulatorFixture.Start();
        ApiSimulatorException failure = Assert.Throws<ApiSimulatorException>(() => SimulatorServer.Start(new SimulatorOptions { Port = simulator.Port }));
        Assert.Equal("port_in_use", failure.Code);
        Assert.Contains(simulator.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }
}
