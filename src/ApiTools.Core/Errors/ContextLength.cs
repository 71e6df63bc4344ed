using System.Globalization;
using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>The numbers of a context length error, in tokens; each null where the service does not say it.</summary>
/// <param name="Maximum">The model's context window.</param>
/// <param name="Requested">What the request needs in all: messages and completion.</param>
/// <param name="Messages">What of that are the messages.</param>
/// <param name="Completion">What of that is asked for the completion (<c>max_tokens</c>).</param>
internal sealed record ContextLength(int? Maximum, int? Requested, int? Messages, int? Completion)
{
    // OpenAI, vLLM: "maximum context length is 4097 tokens. However, you requested 4256 tokens (2256 in the messages, 2000 in the completion)";
    // "However, your messages resulted in 5000 tokens"; "your request has 5000 input tokens"; OpenRouter: "you requested about 9000 tokens (8000 of
    // text input, 1000 in the output)"; llama.cpp: "request (5000 tokens) exceeds the available context size (4096 tokens)"; GitHub Models: "Max
    // size: 8000 tokens."; Gemini: "The input token count (2845475) exceeds the maximum number of tokens allowed (1048576)"; the simulator, as
    // Test-ApiRequest says it: "The messages are 2,256 tokens and max_tokens is 2,000, together 4,256: 159 more than the 4,097 of gpt-4's context window."
    private static readonly Regex MaximumPattern = Patterns.Make(
        @"(?:maximum context length (?:is|of) |available context size \(|\bMax size: |tokens allowed \()(?<n>[0-9]{1,9})\b"
        + @"|\bmore than the (?<n>[0-9]{1,3}(?:,[0-9]{3}){0,2}) of (?:\S{1,60}'s|the) context window");

    private static readonly Regex RequestedPattern = Patterns.Make(@"\brequested (?:about )?(?<n>[0-9]{1,9}) tokens");

    private static readonly Regex MessagesPattern = Patterns.Make(
        @"(?:\((?<n>[0-9]{1,9}) (?:in the messages|of text input)|\bmessages resulted in (?<n>[0-9]{1,9}) tokens|\brequest has (?<n>[0-9]{1,9}) input tokens"
        + @"|\brequest \((?<n>[0-9]{1,9}) tokens\)|\binput token count \((?<n>[0-9]{1,9})\)"
        + @"|^The messages are (?:about )?(?<n>[0-9]{1,3}(?:,[0-9]{3}){0,2}) tokens\b)");

    private static readonly Regex CompletionPattern = Patterns.Make(@"(?:, (?<n>[0-9]{1,9}) in the (?:completion|output)\b|\bmax_(?:completion_)?tokens is (?<n>[0-9]{1,3}(?:,[0-9]{3}){0,2})\b)");

    /// <summary>The numbers in the sentence that services write; null where there are none.</summary>
    public static ContextLength? FromMessage(string message)
    {
        ContextLength found = new(
            Number(MaximumPattern, message), Number(RequestedPattern, message), Number(MessagesPattern, message), Number(CompletionPattern, message));
        return found == new ContextLength(null, null, null, null) ? null : found;
    }

    private static int? Number(Regex pattern, string message)
    {
        Match match = Patterns.Match(pattern, message);
        return match.Success ? int.Parse(match.Groups["n"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : null;
    }
}
