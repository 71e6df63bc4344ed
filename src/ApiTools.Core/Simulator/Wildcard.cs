namespace ApiTools.Simulator;

/// <summary>Matches text against a pattern of <c>*</c> and <c>?</c>, without regard to case.</summary>
internal static class Wildcard
{
    /// <summary>True where the whole text is like the pattern. At worst, the product of both lengths in steps.</summary>
    public static bool IsMatch(string pattern, string text)
    {
        int p = 0, t = 0;
        int star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }
        return p == pattern.Length;
    }
}
