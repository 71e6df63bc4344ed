using System.Text;

namespace ApiTools.Benchmarks;

/// <summary>The events of a long streamed answer: 20,000 chunks of OpenAI's, about 295 bytes each.</summary>
internal static class StreamBody
{
    public const int Chunks = 20_000;

    // One in twenty-five has an escape, as prose and code do.
    private static readonly string[] Words =
    [
        " the", " file", " line", "Power", "Shell", " reads", ",", ".", " and", " pipe", "\\n\\n", " a", " object", " é", " it", " you", " can", " with", " Get", "-Content",
        " because", " of", " one", "s", " to",
    ];

    /// <summary>The events.</summary>
    /// <param name="obfuscated">With OpenAI's random padding, which makes each chunk differ at its end too.</param>
    public static IEnumerable<byte[]> Events(bool obfuscated)
    {
        yield return Event("""{"role":"assistant","content":"","refusal":null}""", "null", obfuscated ? 0 : -1);
        for (int i = 0; i < Chunks; i++)
        {
            string word = Words[(i * 7L + i / 25) % Words.Length];
            yield return Event($$"""{"content":"{{word}}"}""", "null", obfuscated ? i : -1);
        }
        yield return Event("{}", "\"stop\"", obfuscated ? 0 : -1);
        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    private static byte[] Event(string delta, string finish, int seed)
    {
        string padding = seed < 0 ? string.Empty : $",\"obfuscation\":\"{"aB3dE5gH7jK9mN"[..(3 + (seed * 11 % 11))]}{seed % 10}\"";
        return Encoding.UTF8.GetBytes(
            $$"""data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}],"usage":null{{padding}}}""" + "\n\n");
    }
}
