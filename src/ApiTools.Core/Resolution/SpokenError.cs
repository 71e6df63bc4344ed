using ApiTools.Errors;

namespace ApiTools.Resolution;

/// <summary>
/// An error of which a client has printed the message alone: <c>Error: 400 This model's maximum ...</c>, <c>ValueError: ...</c>, <c>Last error: Rate limit
/// reached for ...</c>. A sentence of a service is looked for where one can begin: at a line's, behind a status, a colon, a quotation mark.
/// </summary>
internal static class SpokenError
{
    // So many beginnings are tried, and so much of the message is kept.
    private const int MaximumBeginnings = 64;
    private const int MaximumMessage = 4_000;

    // What Groq's and OpenAI's 429 begin with. Under their own status it says no more than that does, so there is no row for it among the sentences.
    private const string RateLimit = "Rate limit reached for ";

    /// <summary>The message, from its beginning, and the status that it comes with; null where no sentence that is known stands in the text.</summary>
    public static (string Message, int Status)? Find(string text)
    {
        foreach (string message in Beginnings(text))
        {
            if (message.StartsWith(RateLimit, StringComparison.Ordinal))
            {
                return (message, 429);
            }
            foreach (ServiceSentence sentence in ServiceSentences.All)
            {
                if (sentence.Documented is not null && sentence.Fits(message, sentence.Statuses[0], ErrorForms.Any))
                {
                    return (message, sentence.Statuses[0]);
                }
            }
        }
        return null;
    }

    /// <summary>The message and the sentence that it is under a status; null where none that is known stands in the text.</summary>
    public static (string Message, ServiceSentence Sentence)? Find(string text, int status)
    {
        foreach (string message in Beginnings(text))
        {
            if (ServiceSentences.Find(message, status, ErrorForms.Any) is ServiceSentence sentence)
            {
                return (message, sentence);
            }
        }
        return null;
    }

    // At a line's beginning, and behind ": ", "- ", a quotation mark, a status: whatever a client writes before what the service said.
    private static IEnumerable<string> Beginnings(string text)
    {
        int tried = 0;
        for (int at = 0; at < text.Length && tried < MaximumBeginnings; at++)
        {
            if (CanBegin(text, at))
            {
                tried++;
                int end = text.IndexOf('\n', at);
                int length = Math.Min((end < 0 ? text.Length : end) - at, MaximumMessage);
                yield return text.Substring(at, length).TrimEnd('\r', ' ');
            }
        }
    }

    private static bool CanBegin(string text, int at)
    {
        char here = text[at];
        if (here is ' ' or '\r' or '\n' or '\t')
        {
            return false;
        }
        if (at == 0)
        {
            return true;
        }
        char before = text[at - 1];
        return before is '\n' or '"' or '\''
            || (before == ' ' && at > 1 && (text[at - 2] is ':' or '-' or '>' || char.IsDigit(text[at - 2])));
    }
}
