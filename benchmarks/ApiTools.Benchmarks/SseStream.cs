using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace ApiTools.Benchmarks;

/// <summary>What one would write by hand: the framework's event-stream parser, and a JsonDocument a chunk.</summary>
internal sealed class SseStream(Uri baseUri) : BareStream(baseUri)
{
    protected override async Task ReadBodyAsync(Stream body)
    {
        StringBuilder text = new();
        string? finish = null;
        SseParser<JsonDocument?> parser = SseParser.Create(
            body, static (_, data) => data.SequenceEqual("[DONE]"u8) ? null : JsonDocument.Parse(data.ToArray()));
        await foreach (SseItem<JsonDocument?> item in parser.EnumerateAsync())
        {
            using JsonDocument? chunk = item.Data;
            if (chunk is null)
            {
                break;
            }
            JsonElement choice = chunk.RootElement.GetProperty("choices")[0];
            if (choice.GetProperty("delta").TryGetProperty("content", out JsonElement content))
            {
                text.Append(content.GetString());
            }
            finish = choice.GetProperty("finish_reason").GetString() ?? finish;
        }
        if (finish is null || text.Length == 0)
        {
            throw new InvalidOperationException("No answer.");
        }
    }
}
