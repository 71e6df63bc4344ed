using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>
/// What only the message says. Asked last, where a service gave no code, and only for sentences that were seen, from their beginning: a word
/// somewhere in a message may come from the user's own prompt.
/// </summary>
internal static class ErrorWords
{
    private static readonly (int Status, string Code, Regex Begins)[] Sentences =
    [
        // Ollama: "model 'mistral' not found, try pulling it first" (ollama PR 718, QAnything#555).
        (404, "model_not_supported", Patterns.Make(@"^model [""'][^""']{1,200}[""'] not found")),
        // vLLM: "The model `x` does not exist."
        (404, "model_not_supported", Patterns.Make(@"^The model [`'""][^`'""]{1,200}[`'""] does not exist")),
        // vLLM, OpenRouter: "This model's maximum context length is 4096 tokens. However, you requested ..." (OpenRouter: "This endpoint's").
        (400, "context_length_exceeded", Patterns.Make(@"^This (?:model|endpoint)'s maximum context length is [0-9]+ tokens")),
        // Gemini: "The input token count (2845475) exceeds the maximum number of tokens allowed (1048576)." (gemini-cli#4692).
        (400, "context_length_exceeded", Patterns.Make(@"^The input token count (?:\([0-9]+\) )?exceeds the maximum number of tokens allowed")),
        // llama.cpp before PR 15780.
        (400, "context_length_exceeded", Patterns.Make(@"^the request exceeds the available context size")),
        // xAI answers 400 to a wrong key (openai/codex#1352).
        (400, "invalid_api_key", Patterns.Make(@"^Incorrect API key provided")),
        // Anthropic, compatible mode.
        (400, "insufficient_quota", Patterns.Make(@"^Your credit balance is too low")),
    ];

    // OpenAI and Groq: "... on tokens per min (TPM): Limit 30000, Requested 30601." and "Limit 7000, Used 0, Requested ~12903."
    private static readonly Regex Sizes = Patterns.Make(@"\bLimit:? (?<limit>[0-9]{1,18}), (?:Used:? ~?[0-9]{1,18}, )?Requested:? ~?(?<requested>[0-9]{1,18})");

    /// <summary>The documented code that the message's first sentence stands for under this status; null where it is none of those known.</summary>
    public static string? Code(string message, int status)
    {
        foreach ((int known, string code, Regex begins) in Sentences)
        {
            if (known == status && Patterns.Match(begins, message).Success)
            {
                return code;
            }
        }
        return null;
    }

    /// <summary>True where the message says that the request alone is larger than the limit, so that it never fits however long one waits.</summary>
    public static bool SaysLargerThanLimit(string message)
    {
        Match sizes = Patterns.Match(Sizes, message);
        return sizes.Success && Number(sizes.Groups["requested"]) > Number(sizes.Groups["limit"]);
    }

    private static long Number(Group group) => long.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);
}
