using ApiTools.Chat;
using ApiTools.Http;

namespace ApiTools.Benchmarks;

/// <summary>The reader's parts by themselves, over the same bytes in memory: where the time goes.</summary>
internal static class PartsBenchmark
{
    public static async Task RunAsync(int rounds)
    {
        byte[] body = [.. StreamBody.Events(obfuscated: true).SelectMany(item => item)];
        List<byte[]> chunks = [.. StreamBody.Events(obfuscated: true).SkipLast(1).Select(item => item[6..^2])];
        byte[] room = new byte[16 << 10];
        Contest contest = new(rounds, StreamBody.Chunks);
        contest.Add("bytes copied", () =>
        {
            using MemoryStream stream = new(body);
            while (stream.Read(room) > 0)
            {
            }
            return Task.CompletedTask;
        });
        contest.Add("events", async () =>
        {
            EventStreamReader events = new(new MemoryStream(body));
            while (await events.ReadAsync(CancellationToken.None) != EventStreamStep.End)
            {
            }
        });
        contest.Add("chunks, by comparing", () => Read(chunks, builder =>
        {
            ChunkTemplate template = new();
            return chunk => ChatPayloadReader.ReadChunk(chunk, builder, template);
        }));
        contest.Add("chunks, by taking their JSON apart", () => Read(chunks, builder => chunk => ChatPayloadReader.Read(chunk, builder)));
        await contest.RunAsync("Parts");
    }

    private static Task Read(List<byte[]> chunks, Func<ChatCompletionBuilder, Func<byte[], bool>> reader)
    {
        ChatCompletionBuilder builder = new();
        Func<byte[], bool> read = reader(builder);
        foreach (byte[] chunk in chunks)
        {
            read(chunk);
        }
        _ = builder.Build(null, null);
        return Task.CompletedTask;
    }
}
