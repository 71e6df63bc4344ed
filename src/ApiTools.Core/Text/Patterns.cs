using System.Text.RegularExpressions;

namespace ApiTools.Text;

/// <summary>Regular expressions on text from outside: each has a time-out, and one that runs into it has not matched.</summary>
internal static class Patterns
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    public static Regex Make(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeLimit);

    /// <summary>The first match, or <see cref="System.Text.RegularExpressions.Match.Empty"/>.</summary>
    public static Match Match(Regex regex, string text)
    {
        try
        {
            return regex.Match(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return System.Text.RegularExpressions.Match.Empty;
        }
    }
}
