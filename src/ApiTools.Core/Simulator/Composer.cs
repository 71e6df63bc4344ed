using System.Globalization;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Simulator;

/// <summary>Composes the answers: readable, made from the prompt, and the same each time for the same request.</summary>
internal static class Composer
{
    private const int QuoteLength = 200;

    private static readonly string[] Remarks =
    [
        "I am the ApiTools simulator: I understand nothing, cost nothing and never change my mind.",
        "A real model would have an opinion on that; the simulator only shows that your words arrived whole.",
        "Ask again and you will get this answer again, word for word, which is what a test wants.",
        "Nothing left this machine for it: no network, no account and no bill.",
        "If your script can handle this answer, it can handle a longer one from a real service.",
    ];

    /// <summary>The choices of an answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="room">How many tokens the model's context window leaves for each; null where it is not known.</param>
    /// <param name="breaksSchema">True where an answer is to break the schema that it was asked for.</param>
    public static IReadOnlyList<ChatChoice> Compose(ChatQuestion question, long? room, bool breaksSchema)
    {
        long limit = Math.Max(0, Math.Min(question.MaximumTokens ?? long.MaxValue, room ?? long.MaxValue));
        IReadOnlyList<SimulatorToolCall> calls = ToolCaller.Calls(question);
        return calls.Count > 0
            ? [.. Enumerable.Repeat(CallChoice(question, calls, limit), question.Choices)]
            : [.. Enumerable.Range(0, question.Choices).Select(index => TextChoice(question, index, limit, breaksSchema))];
    }

    /// <summary>The choices of an answer that was said beforehand: as it is.</summary>
    public static IReadOnlyList<ChatChoice> Compose(ChatQuestion question, SimulatorAnswer answer)
    {
        string reason = answer.FinishReason ?? (answer.ToolCalls.Count > 0 ? "tool_calls" : "stop");
        ChatChoice choice = new(answer.Content, reason) { Refusal = answer.Refusal, Calls = answer.ToolCalls };
        return [.. Enumerable.Repeat(choice, question.Choices)];
    }

    // OpenAI: where tool_choice names a function, the answer ends with stop.
    private static ChatChoice CallChoice(ChatQuestion question, IReadOnlyList<SimulatorToolCall> calls, long limit)
    {
        ChatChoice whole = new(null, question.Tools.Named is null ? "tool_calls" : "stop") { Calls = calls };
        return whole.Tokens <= limit ? whole : new ChatChoice(null, "length") { Calls = Beginning(calls, limit) };
    }

    private static ChatChoice TextChoice(ChatQuestion question, int index, long limit, bool breaksSchema)
    {
        string text = Text(question, index, breaksSchema);
        foreach (string stop in question.Stop)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at < 0 ? text : text.Substring(0, at);
        }
        return TokenEstimator.Estimate(text.AsSpan()) <= limit ? new ChatChoice(text, "stop") : new ChatChoice(Beginning(text, limit), "length");
    }

    private static string Text(ChatQuestion question, int index, bool breaksSchema)
    {
        if (question.Schema is System.Text.Json.JsonElement schema)
        {
            return SchemaSample.Text(schema, breaksSchema);
        }
        uint hash = Hash($"{question.Model}\n{question.Prompt}\n{question.Seed.ToString(CultureInfo.InvariantCulture)}") + (uint)index;
        string first = Remarks[hash % Remarks.Length];
        if (question.WantsJson)
        {
            return JsonBody.ToText(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("asked", Quote(question.Prompt));
                writer.WriteString("answer", first);
                writer.WriteEndObject();
            });
        }
        if (question.Messages.ToolResults.Count > 0)
        {
            return $"The tools say: {string.Join(", ", question.Messages.ToolResults.Select(result => $"\"{Quote(result)}\""))} {first}";
        }
        string second = Remarks[(hash + 1 + (hash / Remarks.Length % (Remarks.Length - 1))) % Remarks.Length];
        return $"You asked: \"{Quote(question.Prompt)}\" {first} {second}";
    }

    private static string Quote(string? text) => BoundedText.Cut(text ?? string.Empty, QuoteLength);

    // The calls as far as they are no more than so many tokens: the last has half of its arguments, as a model's has that is cut off.
    private static List<SimulatorToolCall> Beginning(IReadOnlyList<SimulatorToolCall> calls, long limit)
    {
        List<SimulatorToolCall> beginning = [];
        foreach (SimulatorToolCall call in calls)
        {
            long left = limit - TokenEstimator.Estimate(call.Name.AsSpan());
            limit = left - TokenEstimator.Estimate(call.Arguments.AsSpan());
            if (limit >= 0)
            {
                beginning.Add(call);
                continue;
            }
            beginning.Add(new() { Id = call.Id, Name = call.Name, Arguments = Beginning(call.Arguments, Math.Max(0, left)) });
            break;
        }
        return beginning;
    }

    // The longest beginning that is no more than so many tokens. The estimate never falls as a text grows, so it can be halved towards.
    private static string Beginning(string text, long tokens)
    {
        int fits = 0;
        int tooLong = text.Length;
        while (tooLong - fits > 1)
        {
            int middle = fits + ((tooLong - fits) / 2);
            if (TokenEstimator.Estimate(text.AsSpan(0, middle)) <= tokens)
            {
                fits = middle;
            }
            else
            {
                tooLong = middle;
            }
        }
        return fits > 0 && char.IsHighSurrogate(text[fits - 1]) ? text.Substring(0, fits - 1) : text.Substring(0, fits);
    }

    // FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv): the same in every process, which string.GetHashCode is not.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }
        return hash;
    }
}
