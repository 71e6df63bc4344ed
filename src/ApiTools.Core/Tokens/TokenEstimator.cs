namespace ApiTools.Tokens;

/// <summary>
/// The page's estimate of how many tokens a text is (Errors and Debugging, tip 3), to the letter: code points U+4E00 to U+9FFF count one
/// each, all others four to a token, rounded down once for the whole text.
/// </summary>
internal static class TokenEstimator
{
    /// <summary>The estimate of a text, in tokens.</summary>
    public static long Estimate(ReadOnlySpan<char> text) => Tally(text).Tokens;

    /// <summary>The estimate of a text, with its length.</summary>
    public static TokenTally Tally(ReadOnlySpan<char> text)
    {
        TokenTally tally = default;
        tally.Add(text);
        return tally;
    }
}
