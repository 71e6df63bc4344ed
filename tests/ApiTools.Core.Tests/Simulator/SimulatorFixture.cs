using System.Net.Http.Headers;
using System.Text;
using ApiTools.Simulator;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>A simulator of a test's own, and the clients that talk to it.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SimulatorServer _server;

    private SimulatorFixture(SimulatorServer server)
    {
        _server = server;
        Client = NewClient(SimulatorKeys.Valid);
    }

    public int Port => _server.Port;

    public Uri BaseUri => new($"http://127.0.0.1:{Port}/v1");

    public HttpClient Client { get; }

    public IReadOnlyList<SimulatorRequest> Requests => _server.Log.Snapshot();

    public SimulatorServer Server => _server;

    public static SimulatorFixture Start(params SimulatorFault[] faults) => Start(new SimulatorOptions { Faults = faults });

    public static SimulatorFixture Start(SimulatorOptions options) => new(SimulatorServer.Start(options));

    public HttpClient NewClient(string? key)
    {
        HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{Port}/"), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task<HttpResponseMessage> PostAsync(string json) => Client.PostAsync("v1/chat/completions", Json(json));

    public Task<HttpResponseMessage> AskAsync(string prompt, string more = "") => PostAsync(Body(prompt, more));

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Port);

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static string Body(string prompt, string more = "") =>
        $$"""{"model":"gpt-4o"{{more}},"messages":[{"role":"user","content":"{{prompt}}"}]}""";

    /// <summary>A whole request as it goes over the wire.</summary>
    public static string Wire(string body, string more = "") =>
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
        + $"Authorization: Bearer {SimulatorKeys.Valid}\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync();
        _server.Dispose();
    }
}
