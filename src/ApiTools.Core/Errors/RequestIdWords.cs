namespace ApiTools.Errors;

/// <summary>
/// Finds a request's id in a message: "(request id: 2024...)" of one-api and new-api (popjane/free_chatgpt_api#78), "the request ID req_..." in OpenAI's 500s.
/// </summary>
internal static class RequestIdWords
{
    private const int Least = 8;

    private const int Most = 80;

    // The q is rare, and stands two letters behind the beginning.
    private const string Words = "request id";

    private const int Rare = 2;

    private const int Blank = 7;

    /// <summary>The id; null where there is none.</summary>
    public static string? Read(string message)
    {
        ReadOnlySpan<char> text = message.AsSpan();
        for (int from = 0; text.Slice(from).IndexOfAny('q', 'Q') is >= 0 and int found; from += found + 1)
        {
            int start = from + found - Rare;
            // What services write is mostly "requests" and "requested".
            if (start >= 0 && start + Blank < text.Length && text[start + Blank] == ' ' && text.Slice(start).StartsWith(Words.AsSpan(), StringComparison.OrdinalIgnoreCase)
                && (start == 0 || !IsOfWord(text[start - 1])) && Id(text, start + Words.Length) is string id)
            {
                return id;
            }
        }
        return null;
    }

    private static string? Id(ReadOnlySpan<char> text, int at)
    {
        if (at < text.Length && text[at] == ':')
        {
            at++;
        }
        if (at >= text.Length || text[at] != ' ')
        {
            return null;
        }
        int start = at + 1;
        int end = start;
        while (end < text.Length && end - start < Most && (text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '-' || Digits.Is(text[end])))
        {
            end++;
        }
        return end - start < Least ? null : text.Slice(start, end - start).ToString();
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
