using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>Finds the error that a message passes on: JSON, or an object as Python writes it, behind words of the gateway's own.</summary>
internal static class ErrorWrappers
{
    // A message is looked at that far for the object within.
    private const int MaximumPrefix = 400;

    /// <summary>Every wrapper that is known by how its message begins.</summary>
    public static ErrorWrapper[] All { get; } =
    [
        new("LiteLLM", "litellm.", "BerriAI/litellm#7259, BrokkAi/brokk-app#540"),
        new("claude-code-router", "Error from provider", "musistudio/claude-code-router#190"),
        new("Python SDKs", "Error code: ", "jasonacox/TinyLLM#17"),
        new("Mistral's client", "API error occurred: Status", "cline/cline#9085"),
    ];

    /// <summary>The object within a message, as JSON, and what stands before it; null where the message wraps none.</summary>
    public static (string Before, string Json)? Find(string message)
    {
        if (message.Length == 0 || !IsWrapped(message))
        {
            return null;
        }
        int start = message.IndexOf('{', 0, Math.Min(message.Length, MaximumPrefix));
        return start <= 0 ? null : (message.Substring(0, start), LooseObject.ToJson(message, start, out _));
    }

    private static bool IsWrapped(string message)
    {
        foreach (ErrorWrapper wrapper in All)
        {
            if (message[0] == wrapper.Begins[0] && message.StartsWith(wrapper.Begins, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
