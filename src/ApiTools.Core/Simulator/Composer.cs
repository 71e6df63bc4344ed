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
    public static IReadOnlyList<ChatChoice> Compose(ChatQuestion question, long? room) =>
        [.. Enumerable.Range(0, question.Choices).Select(index => Choice(question, index, room))];

    private static ChatChoice Choice(ChatQuestion question, int index, long? room)
    {
        string text = Compose(question, index);
        foreach (string stop in question.Stop)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at < 0 ? text : text.Substring(0, at);
        }
        long limit = Math.Max(0, Math.Min(question.MaximumTokens ?? long.MaxValue, room ?? long.MaxValue));
        return TokenEstimator.Estimate(text.AsSpan()) <= limit ? new ChatChoice(text, "stop") : new ChatChoice(Beginning(text, limit), "length");
    }

    private static string Compose(ChatQuestion question, int index)
    {
        uint hash = Hash($"{question.Model}\n{question.Prompt}\n{question.Seed.ToString(CultureInfo.InvariantCulture)}") + (uint)index;
        string first = Remarks[hash % Remarks.Length];
        string second = Remarks[(hash + 1 + (hash / Remarks.Length % (Remarks.Length - 1))) % Remarks.Length];
        string quote = BoundedText.Cut(question.Prompt ?? string.Empty, QuoteLength);
        return question.WantsJson
            ? JsonBody.ToText(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("asked", quote);
                writer.WriteString("answer", first);
                writer.WriteEndObject();
            })
            : $"You asked: \"{quote}\" {first} {second}";
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
