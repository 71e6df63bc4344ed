using System.Text;

namespace ApiTools.Benchmarks;

/// <summary>One call, and many at once, at the engine and by a bare HttpClient.</summary>
internal static class CallBenchmark
{
    private const int AtOnce = 64;

    private static readonly string Prompt = string.Concat(Enumerable.Repeat("How do I read a file line by line in PowerShell? ", 20));

    private static readonly byte[] Request = Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{"role":"user","content":"{{Prompt}}"}]}""");

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Prompt}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":240,"completion_tokens":240,"total_tokens":480}}""");

    public static async Task OneAsync(int calls)
    {
        using RawResponder server = new(Wire.Answer("application/json", Answer));
        using BareCall bare = new(server.BaseUri, Request);
        // The control: whatever differs from 1 here is noise.
        using BareCall again = new(server.BaseUri, Request);
        using EngineCall engine = new(server.BaseUri, Request);
        Contest contest = new(calls, 1);
        contest.Add("bare call", bare.SendAsync);
        contest.Add("bare call again", again.SendAsync);
        contest.Add("call at the engine", engine.SendAsync);
        await contest.RunAsync("One call");
    }

    public static async Task ParallelAsync(int rounds)
    {
        using RawResponder server = new(Wire.Answer("application/json", Answer));
        using BareCall bare = new(server.BaseUri, Request);
        using BareCall again = new(server.BaseUri, Request);
        using EngineCall engine = new(server.BaseUri, Request);
        Contest contest = new(rounds, AtOnce * 4);
        contest.Add("bare calls", () => ManyAsync(bare.SendAsync));
        contest.Add("bare calls again", () => ManyAsync(again.SendAsync));
        contest.Add("calls at the engine", () => ManyAsync(engine.SendAsync));
        await contest.RunAsync("256 calls, 64 at once; throughput is one over the ratio");
    }

    private static Task ManyAsync(Func<Task> call) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        for (int i = 0; i < 4; i++)
        {
            await call();
        }
    }));
}
