namespace ApiTools.Errors;

/// <summary>The words and numbers in the sentences of services: what is counted, in which time, how many.</summary>
internal static class SentenceWords
{
    // The longer before the shorter that it begins or ends with; then the word of the kind.
    private static readonly (string Word, string Kind)[] Units =
    [
        ("concurrent requests", "concurrent_requests"),
        ("input tokens", "input_tokens"),
        ("output tokens", "output_tokens"),
        ("requests", "requests"),
        ("request", "requests"),
        ("queries", "requests"),
        ("tokens", "tokens"),
        ("images", "images"),
    ];

    private static readonly (string Word, TimeSpan Time)[] Windows =
    [
        ("second", TimeSpan.FromSeconds(1)),
        ("sec", TimeSpan.FromSeconds(1)),
        ("minute", TimeSpan.FromMinutes(1)),
        ("min", TimeSpan.FromMinutes(1)),
        ("hour", TimeSpan.FromHours(1)),
        ("day", TimeSpan.FromDays(1)),
        ("month", TimeSpan.FromDays(30)),
    ];

    /// <summary>The unit that stands there; null for none.</summary>
    public static string? UnitAt(string text, int at, out int end)
    {
        foreach ((string word, string kind) in Units)
        {
            if (Stands(text, at, word))
            {
                end = at + word.Length;
                return kind;
            }
        }
        end = at;
        return null;
    }

    /// <summary>The unit that stands right before a place; null for none.</summary>
    public static string? UnitBefore(string text, int end)
    {
        foreach ((string word, string kind) in Units)
        {
            if (end >= word.Length && Stands(text, end - word.Length, word))
            {
                return kind;
            }
        }
        return null;
    }

    /// <summary>The length of time whose name stands there; null for none.</summary>
    public static TimeSpan? WindowAt(string text, int at, out int end)
    {
        foreach ((string word, TimeSpan time) in Windows)
        {
            if (Stands(text, at, word))
            {
                end = at + word.Length;
                return time;
            }
        }
        end = at;
        return null;
    }

    /// <summary>The number that stands there, with commas between its thousands or without, and without its decimals; null for none.</summary>
    public static long? NumberAt(string text, int at, out int end)
    {
        // "Requested ~12903".
        end = at < text.Length && text[at] == '~' ? at + 1 : at;
        long number = 0;
        int digits = 0;
        for (; end < text.Length; end++)
        {
            int digit = text[end] - '0';
            if (digit is >= 0 and <= 9)
            {
                // Eighteen digits fit whatever they are.
                if (++digits > 18)
                {
                    return null;
                }
                number = (number * 10) + digit;
            }
            else if (text[end] != ',' || digits == 0 || !IsThousand(text, end))
            {
                break;
            }
        }
        if (digits > 0 && end < text.Length && text[end] == '.' && IsDigit(text, end + 1))
        {
            end++;
            while (IsDigit(text, end))
            {
                end++;
            }
        }
        return digits == 0 ? null : number;
    }

    private static bool IsThousand(string text, int comma) =>
        IsDigit(text, comma + 1) && IsDigit(text, comma + 2) && IsDigit(text, comma + 3) && !IsDigit(text, comma + 4);

    private static bool IsDigit(string text, int at) => at < text.Length && text[at] is >= '0' and <= '9';

    private static bool Stands(string text, int at, string word) => at < text.Length && text[at] == word[0] && text.AsSpan(at).StartsWith(word.AsSpan());
}
