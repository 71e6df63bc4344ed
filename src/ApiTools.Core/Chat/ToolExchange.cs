using System.Text.Json;

namespace ApiTools.Chat;

/// <summary>An answer of a model that calls tools, and what the tools say to each call: what the next request has more than the last.</summary>
internal sealed class ToolExchange
{
    private readonly ChatCompletion _completion;
    private readonly string[] _answers;

    public ToolExchange(ChatCompletion completion)
    {
        _completion = completion;
        Calls = [.. WithIds(completion.ToolCalls)];
        _answers = new string[Calls.Count];
    }

    /// <summary>The calls as the model wrote them, each with an id of its own.</summary>
    public IReadOnlyList<ChatToolCall> Calls { get; }

    /// <summary>Whether a call may be there in part only: the answer was cut off in it.</summary>
    public bool IsCut(int index) => _completion.FinishReason is "length" or "content_filter" && index == Calls.Count - 1;

    /// <summary>A call's arguments, where the history has <c>{}</c> in their place; null where it has them as the model wrote them.</summary>
    public string? Unsent(int index) => Calls[index].Arguments is { Length: > 0 } arguments && ToolArguments.Sendable(arguments) != arguments ? arguments : null;

    /// <summary>Answers a call.</summary>
    public void Answer(int index, string content) => _answers[index] = content;

    /// <summary>The messages: the model's, then one a call. Asked once all are answered.</summary>
    public IReadOnlyList<byte[]> Messages
    {
        get
        {
            ChatToolCall[] sent = [.. Calls.Select(call => new ChatToolCall(call.Id, call.Name, ToolArguments.Sendable(call.Arguments)))];
            return [ChatMessageWriter.Assistant(_completion, sent), .. Calls.Select((call, i) => ChatMessageWriter.Tool(call.Id, _answers[i]))];
        }
    }

    /// <summary>The request that goes on from here.</summary>
    /// <param name="request">The one that the model answered, UTF-8 JSON that a service has taken.</param>
    /// <remarks>
    /// A choice that demands a call holds for the first answer alone; kept, it would demand one after the other for ever.
    /// </remarks>
    public byte[] Continue(byte[] request)
    {
        using JsonDocument document = JsonDocument.Parse(request, JsonWriting.AnyDepth);
        return JsonWriting.ToUtf8(writer =>
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (member.NameEquals("messages"u8))
                {
                    WriteMessages(writer, member.Value);
                }
                else if (!member.NameEquals("tool_choice"u8) || IsFree(member.Value))
                {
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                }
            }
            writer.WriteEndObject();
        });
    }

    private void WriteMessages(Utf8JsonWriter writer, JsonElement before)
    {
        writer.WriteStartArray("messages"u8);
        foreach (JsonElement message in before.EnumerateArray())
        {
            writer.WriteRawValue(message.GetRawText(), skipInputValidation: true);
        }
        foreach (byte[] message in Messages)
        {
            writer.WriteRawValue(message, skipInputValidation: true);
        }
        writer.WriteEndArray();
    }

    private static bool IsFree(JsonElement choice) => choice.ValueKind == JsonValueKind.String && (choice.ValueEquals("auto"u8) || choice.ValueEquals("none"u8));

    // Some services give none, or one to all: which answer belongs to which call could not be said.
    private static IEnumerable<ChatToolCall> WithIds(IReadOnlyList<ChatToolCall> calls)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (ChatToolCall call in calls)
        {
            string id = call.Id;
            for (int i = 1; id.Length == 0 || !taken.Add(id); i++)
            {
                id = FormattableString.Invariant($"{(call.Id.Length == 0 ? "call" : call.Id)}_{i}");
            }
            yield return new ChatToolCall(id, call.Name, call.Arguments);
        }
    }
}
