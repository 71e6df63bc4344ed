using System.Text;
using System.Text.Json;

namespace ApiTools.Simulator;

/// <summary>Writes chat completions, whole and as a stream, in OpenAI's shapes.</summary>
/// <param name="id">The completion's id.</param>
/// <param name="created">When it was made, in Unix seconds.</param>
/// <param name="model">The model's name.</param>
internal sealed class ChatBody(string id, long created, string model)
{
    private const int HugeBlock = 64 * 1024;

    private const string Filler = "The simulator was asked for a very long answer, and this is a part of it. ";

    /// <summary>A completion that is not streamed.</summary>
    public byte[] Completion(IReadOnlyList<ChatChoice> choices, ChatUsage usage) => JsonBody.ToBytes(writer =>
    {
        WriteHead(writer, "chat.completion");
        writer.WriteStartArray("choices");
        for (int i = 0; i < choices.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index", i);
            ChoiceWriter.WriteMessage(writer, choices[i]);
            writer.WriteNull("logprobs");
            writer.WriteString("finish_reason", choices[i].FinishReason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteUsage(writer, usage);
        writer.WriteEndObject();
    });

    /// <summary>The events of a stream: the choices' pieces by turns, then their ends, the usage where it is wanted, and [DONE].</summary>
    public IReadOnlyList<StreamEvent> Events(IReadOnlyList<ChatChoice> choices, ChatUsage usage, bool includeUsage)
    {
        List<StreamEvent> events = [];
        List<Action<Utf8JsonWriter>[]> deltas = [.. choices.Select(choice => ChoiceWriter.Deltas(choice).ToArray())];
        for (int turn = 0; turn < deltas.Max(pieces => pieces.Length); turn++)
        {
            for (int i = 0; i < deltas.Count; i++)
            {
                if (turn < deltas[i].Length)
                {
                    events.Add(Chunk(turn == 0 ? StreamEventKind.Role : StreamEventKind.Text, i, deltas[i][turn], null, includeUsage));
                }
            }
        }
        for (int i = 0; i < choices.Count; i++)
        {
            events.Add(Chunk(StreamEventKind.Finish, i, null, choices[i].FinishReason, includeUsage));
        }
        if (includeUsage)
        {
            events.Add(StreamEvent.Of(StreamEventKind.Usage, JsonBody.ToBytes(writer =>
            {
                WriteHead(writer, "chat.completion.chunk");
                writer.WriteStartArray("choices");
                writer.WriteEndArray();
                WriteUsage(writer, usage);
                writer.WriteEndObject();
            })));
        }
        events.Add(StreamEvent.Done);
        return events;
    }

    /// <summary>Half of a stream, then a chunk for each choice with a finish reason of error, and with the error beside it where there is one; then [DONE], as OpenRouter sends it.</summary>
    public IReadOnlyList<StreamEvent> Broken(IReadOnlyList<StreamEvent> events, int choices, ErrorBody? error) =>
        [.. events.Take(events.Count / 2), .. Enumerable.Range(0, choices).Select(index => Chunk(StreamEventKind.Finish, index, ChoiceWriter.Text(string.Empty), "error", false, error)), StreamEvent.Done];

    /// <summary>A completion, streamed or not, whose text has so many bytes, made piece by piece.</summary>
    public IEnumerable<byte[]> Huge(long size, bool stream)
    {
        if (stream)
        {
            yield return Chunk(StreamEventKind.Role, 0, ChoiceWriter.Role(string.Empty), null, false).Bytes;
            foreach (string text in Blocks(size))
            {
                yield return Chunk(StreamEventKind.Text, 0, ChoiceWriter.Text(text), null, false).Bytes;
            }
            yield return Chunk(StreamEventKind.Finish, 0, null, "stop", false).Bytes;
            yield return StreamEvent.Done.Bytes;
            yield break;
        }
        const string Mark = "@";
        string[] halves = Encoding.UTF8.GetString(Completion([new(Mark, "stop")], new(0, size / 4))).Split(Mark[0]);
        yield return Encoding.UTF8.GetBytes(halves[0]);
        foreach (string text in Blocks(size))
        {
            yield return Encoding.ASCII.GetBytes(text);
        }
        yield return Encoding.UTF8.GetBytes(halves[1]);
    }

    private static IEnumerable<string> Blocks(long size)
    {
        string block = string.Concat(Enumerable.Repeat(Filler, (HugeBlock / Filler.Length) + 1)).Substring(0, HugeBlock);
        for (long left = size; left > 0; left -= HugeBlock)
        {
            yield return left >= HugeBlock ? block : block.Substring(0, (int)left);
        }
    }

    private StreamEvent Chunk(StreamEventKind kind, int index, Action<Utf8JsonWriter>? delta, string? finishReason, bool nullUsage, ErrorBody? error = null) =>
        StreamEvent.Of(kind, JsonBody.ToBytes(writer =>
        {
            WriteHead(writer, "chat.completion.chunk");
            error?.WriteTo(writer);
            writer.WriteStartArray("choices");
            writer.WriteStartObject();
            writer.WriteNumber("index", index);
            writer.WriteStartObject("delta");
            delta?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteNull("logprobs");
            writer.WriteString("finish_reason", finishReason);
            writer.WriteEndObject();
            writer.WriteEndArray();
            if (nullUsage)
            {
                // OpenAI: with include_usage, every chunk but the last has a usage of null.
                writer.WriteNull("usage");
            }
            writer.WriteEndObject();
        }));

    private void WriteHead(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("object", type);
        writer.WriteNumber("created", created);
        writer.WriteString("model", model);
        writer.WriteString("system_fingerprint", "fp_simulator");
    }

    private static void WriteUsage(Utf8JsonWriter writer, ChatUsage usage)
    {
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", usage.PromptTokens);
        writer.WriteNumber("completion_tokens", usage.CompletionTokens);
        writer.WriteNumber("total_tokens", usage.PromptTokens + usage.CompletionTokens);
        writer.WriteStartObject("prompt_tokens_details");
        writer.WriteNumber("cached_tokens", 0);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details");
        writer.WriteNumber("reasoning_tokens", 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
