using System.Text;
using System.Text.RegularExpressions;
using ApiTools.Text;

namespace ApiTools.Simulator;

/// <summary>
/// Makes a text that a regular expression matches: the first of what it may be, and as little of it as it may be. What looks around, refers back or is
/// otherwise more than characters, classes, groups, alternatives and counts is not tried.
/// </summary>
internal sealed class PatternSample
{
    private const int MostCharacters = 10_000;
    private const int MostDepth = 50;

    // Those that people read best come first.
    private static readonly string Candidates = "a0A-_ " + new string([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).OrderBy(c => char.IsLetterOrDigit(c) ? 0 : 1)]);

    private readonly string _pattern;
    private int _at;
    private int _depth;

    private PatternSample(string pattern) => _pattern = pattern;

    // NUL behind the end.
    private char Next => _at < _pattern.Length ? _pattern[_at] : '\0';

    /// <summary>The text; null where none is found.</summary>
    public static string? Of(string pattern)
    {
        try
        {
            Regex whole = Patterns.MakeEcmaScript(pattern);
            PatternSample sample = new(pattern);
            return sample.ReadAlternatives() is string text && sample._at == pattern.Length && Patterns.IsMatch(whole, text) == true ? text : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The first alternative counts; the others are read past.
    private string? ReadAlternatives()
    {
        if (++_depth > MostDepth)
        {
            return null;
        }
        string? first = ReadSequence();
        while (Next == '|')
        {
            _at++;
            _ = ReadSequence();
        }
        _depth--;
        return first;
    }

    private string? ReadSequence()
    {
        StringBuilder text = new();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (ReadAtom() is not string atom || ReadLeast() is not int count || (long)atom.Length * count > MostCharacters - text.Length)
            {
                // Nothing behind is read any more, so that the whole is not.
                _at = _pattern.Length + 1;
                return null;
            }
            text.Insert(text.Length, atom, count);
        }
        return text.ToString();
    }

    private string? ReadAtom()
    {
        char c = _pattern[_at++];
        return c switch
        {
            '^' or '$' => string.Empty,
            '.' => "a",
            '(' => ReadGroup(),
            '[' => ReadClass(),
            '\\' => ReadEscape(),
            _ => c.ToString(),
        };
    }

    private string? ReadGroup()
    {
        if (Next == '?')
        {
            if (string.CompareOrdinal(_pattern, _at, "?:", 0, 2) != 0)
            {
                return null;
            }
            _at += 2;
        }
        string? text = ReadAlternatives();
        _at++;
        return text;
    }

    private string? ReadClass()
    {
        int start = _at - 1;
        _at += Next == '^' ? 1 : 0;
        // A bracket that comes first stands for itself in .NET.
        _at += Next == ']' ? 1 : 0;
        while (_at < _pattern.Length && _pattern[_at] != ']')
        {
            _at += _pattern[_at] == '\\' ? 2 : 1;
        }
        return ++_at > _pattern.Length ? null : FirstOf(_pattern.Substring(start, _at - start));
    }

    private string? ReadEscape()
    {
        int start = _at - 1;
        char c = _pattern[_at++];
        if (c is 'b' or 'B' or (>= '1' and <= '9') or 'k')
        {
            return c == 'b' ? string.Empty : null;
        }
        int more = c switch { 'x' => 2, 'u' => 4, 'c' => 1, 'p' or 'P' => _pattern.IndexOf('}', _at) + 1 - _at, _ => 0 };
        _at += more;
        return more < 0 || _at > _pattern.Length ? null : FirstOf(_pattern.Substring(start, _at - start));
    }

    private static string? FirstOf(string set)
    {
        Regex one = Patterns.MakeEcmaScript($"^(?:{set})$");
        foreach (char candidate in Candidates + "\t\n\r")
        {
            if (Patterns.IsMatch(one, candidate.ToString()) == true)
            {
                return candidate.ToString();
            }
        }
        return null;
    }

    // How often at least: of a? and a* not at all.
    private int? ReadLeast()
    {
        char c = Next;
        int least = 1;
        if (c is '?' or '*' or '+')
        {
            least = c == '+' ? 1 : 0;
            _at++;
        }
        else if (c == '{' && _pattern.IndexOf('}', _at) is int end and > 0)
        {
            string[] bounds = _pattern.Substring(_at + 1, end - _at - 1).Split(',');
            if (!int.TryParse(bounds[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out least))
            {
                return null;
            }
            _at = end + 1;
        }
        _at += Next == '?' ? 1 : 0;
        return least;
    }
}
