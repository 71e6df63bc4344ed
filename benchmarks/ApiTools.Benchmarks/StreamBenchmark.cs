using System.Diagnostics;
using System.Globalization;

namespace ApiTools.Benchmarks;

/// <summary>A long stream, by the engine and by others, warm and as the first thing that a process does.</summary>
internal static class StreamBenchmark
{
    private static readonly string[] Names = ["discard", "engine", "engine-text", "engine-chunks", "sse", "sdk"];

    public static async Task WarmAsync(int rounds)
    {
        await WarmAsync(rounds, "20,000 chunks, each event an HTTP chunk", Wire.Chunked("text/event-stream", StreamBody.Events(obfuscated: false)));
        await WarmAsync(rounds, "20,000 chunks, obfuscated, each event an HTTP chunk", Wire.Chunked("text/event-stream", StreamBody.Events(obfuscated: true)));
        byte[] whole = [.. StreamBody.Events(obfuscated: false).SelectMany(item => item)];
        await WarmAsync(rounds, "20,000 chunks, in one piece", Wire.Answer("text/event-stream", whole));
    }

    public static async Task FirstAsync(int rounds)
    {
        using RawResponder server = new(Wire.Chunked("text/event-stream", StreamBody.Events(obfuscated: false)));
        Contest contest = new(rounds, StreamBody.Chunks);
        foreach (string name in Names)
        {
            contest.AddTimed(name, () => ChildAsync(name, server.BaseUri));
        }
        await contest.RunAsync("20,000 chunks, the first in a process (allocations are not the child's)", warm: false);
    }

    /// <summary>What a child process does: once, timed from its first line of work to the end of the stream.</summary>
    public static async Task ClientAsync(string name, Uri address)
    {
        long start = Stopwatch.GetTimestamp();
        using IStreamClient client = Create(name, address);
        await client.ReadAsync();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMicroseconds.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task WarmAsync(int rounds, string title, byte[] wire)
    {
        using RawResponder server = new(wire);
        Contest contest = new(rounds, StreamBody.Chunks);
        List<IStreamClient> clients = [.. Names.Select(name => Create(name, server.BaseUri))];
        for (int i = 0; i < clients.Count; i++)
        {
            IStreamClient client = clients[i];
            contest.Add(Names[i], client.ReadAsync);
        }
        await contest.RunAsync(title);
        clients.ForEach(client => client.Dispose());
    }

    private static IStreamClient Create(string name, Uri address) => name switch
    {
        "discard" => new DiscardStream(address),
        "engine" => new EngineStream(address, wantsText: false, wantsChunks: false),
        "engine-text" => new EngineStream(address, wantsText: true, wantsChunks: false),
        "engine-chunks" => new EngineStream(address, wantsText: false, wantsChunks: true),
        "sse" => new SseStream(address),
        "sdk" => new SdkStream(address),
        _ => throw new ArgumentException($"There is no '{name}'.", nameof(name)),
    };

    private static async Task<double> ChildAsync(string name, Uri address)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Where this runs as `dotnet x.dll`, so does the child.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(StreamBenchmark).Assembly.Location);
        }
        foreach (string argument in (string[])["client", name, address.ToString()])
        {
            start.ArgumentList.Add(argument);
        }
        using Process child = Process.Start(start)!;
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
