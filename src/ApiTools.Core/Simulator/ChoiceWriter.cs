using System.Text.Json;
using ApiTools.Chat;

namespace ApiTools.Simulator;

/// <summary>Writes one choice of a completion, as a message or as the pieces of a stream, in OpenAI's shapes.</summary>
internal static class ChoiceWriter
{
    // Models send a token at a time; so many pieces at most, so that 10 MB of arguments are no million events.
    private const int MostPieces = 64;
    private const int PieceLength = 8;

    /// <summary>The member <c>message</c>.</summary>
    public static void WriteMessage(Utf8JsonWriter writer, ChatChoice choice)
    {
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        JsonStringWriter.Write(writer, "content"u8, choice.Text);
        JsonStringWriter.Write(writer, "refusal"u8, choice.Refusal);
        if (choice.Calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            foreach (SimulatorToolCall call in choice.Calls)
            {
                WriteCall(writer, null, call, call.Arguments);
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>What a stream's chunks say, in order: the role, the words of the text and of the refusal, then each call, its arguments in pieces.</summary>
    public static IEnumerable<Action<Utf8JsonWriter>> Deltas(ChatChoice choice)
    {
        yield return Role(choice.Text is null && choice.Calls.Count > 0 ? null : string.Empty);
        foreach (string word in Words(choice.Text ?? string.Empty))
        {
            yield return Text(word);
        }
        foreach (string word in Words(choice.Refusal ?? string.Empty))
        {
            yield return writer => JsonStringWriter.Write(writer, "refusal"u8, word);
        }
        for (int i = 0; i < choice.Calls.Count; i++)
        {
            (int place, SimulatorToolCall call) = (i, choice.Calls[i]);
            yield return Calls(writer => WriteCall(writer, place, call, string.Empty));
            foreach (string piece in Pieces(call.Arguments))
            {
                yield return Calls(writer => WriteArguments(writer, place, piece));
            }
        }
    }

    /// <summary>The first chunk.</summary>
    public static Action<Utf8JsonWriter> Role(string? content) => writer =>
    {
        writer.WriteString("role", "assistant");
        writer.WriteString("content", content);
    };

    /// <summary>A chunk of text.</summary>
    public static Action<Utf8JsonWriter> Text(string text) => writer => JsonStringWriter.Write(writer, "content"u8, text);

    private static Action<Utf8JsonWriter> Calls(Action<Utf8JsonWriter> write) => writer =>
    {
        writer.WriteStartArray("tool_calls");
        write(writer);
        writer.WriteEndArray();
    };

    private static void WriteCall(Utf8JsonWriter writer, int? place, SimulatorToolCall call, string arguments)
    {
        writer.WriteStartObject();
        if (place is int index)
        {
            writer.WriteNumber("index", index);
        }
        JsonStringWriter.Write(writer, "id"u8, call.Id);
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        JsonStringWriter.Write(writer, "name"u8, call.Name);
        JsonStringWriter.Write(writer, "arguments"u8, arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter writer, int place, string piece)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", place);
        writer.WriteStartObject("function");
        JsonStringWriter.Write(writer, "arguments"u8, piece);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Pieces(string arguments)
    {
        int length = Math.Max(PieceLength, (arguments.Length + MostPieces - 1) / MostPieces);
        for (int start = 0; start < arguments.Length;)
        {
            int end = Math.Min(start + length, arguments.Length);
            end += end < arguments.Length && char.IsHighSurrogate(arguments[end - 1]) ? 1 : 0;
            yield return arguments.Substring(start, end - start);
            start = end;
        }
    }

    // Words with the blank before them, as models send them.
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ' && text[i - 1] != ' ')
            {
                yield return text.Substring(start, i - start);
                start = i;
            }
        }
        if (start < text.Length)
        {
            yield return text.Substring(start);
        }
    }
}
