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

    /// <summary>An expression as ECMAScript reads it, as far as .NET does: with digits and letters of ASCII, unless it has classes of Unicode or looks behind.</summary>
    /// <exception cref="ArgumentException">It is none that .NET understands.</exception>
    public static Regex MakeEcmaScript(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.ECMAScript, TimeLimit);
        }
        catch (ArgumentException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeLimit);
        }
    }

    /// <summary>Whether a text matches; null where the time was not enough to tell.</summary>
    public static bool? IsMatch(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
