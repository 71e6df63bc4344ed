using System.Globalization;
using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Errors;

/// <summary>A sentence with numbers, as one service writes it; the numbers are the groups of its pattern.</summary>
internal sealed class NumberSentence
{
    private readonly Lazy<Regex> _regex;

    /// <param name="dialect">Who writes it.</param>
    /// <param name="pattern">A regular expression whose groups have names.</param>
    /// <param name="seen">Where it was seen; null where in no public thread.</param>
    public NumberSentence(string dialect, string pattern, string? seen)
    {
        Dialect = dialect;
        Seen = seen;
        _regex = new Lazy<Regex>(() => Patterns.Make(pattern));
    }

    /// <summary>Who writes it.</summary>
    public string Dialect { get; }

    /// <summary>Where it was seen; null where in no public thread.</summary>
    public string? Seen { get; }

    /// <summary>The place in a message; null where it is not there.</summary>
    public Match? Find(string message) => Patterns.Match(_regex.Value, message) is { Success: true } match ? match : null;

    /// <summary>The number of a group, with commas or without; null where the group is not there, or too large.</summary>
    public static long? Number(Match match, string group)
    {
        Group found = match.Groups[group];
        return found.Success
            && decimal.TryParse(found.Value, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number <= long.MaxValue
            ? (long)number
            : null;
    }
}
