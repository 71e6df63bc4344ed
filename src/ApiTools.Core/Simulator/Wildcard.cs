namespace ApiTools.Simulator;

/// <summary>
/// A pattern as PowerShell's <c>-like</c> reads it, without regard to case: <c>*</c> for any text, <c>?</c> for any character, <c>[a-z]</c> for
/// one of some, and a backtick before a character that stands for itself.
/// </summary>
internal sealed class Wildcard
{
    /// <summary>What a pattern may be, in words.</summary>
    public const string Described = "a pattern: * for any text, ? for any character, [a-z] for one of some, and a backtick before a bracket that stands for itself";

    // Each part but a star takes one character.
    private readonly List<WildcardPart> _parts = [];

    private Wildcard()
    {
    }

    /// <summary>The pattern; null for one that is none, such as <c>[</c>, <c>[]</c> or <c>[9-2]</c>.</summary>
    public static Wildcard? Parse(string pattern)
    {
        Wildcard wildcard = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    wildcard._parts.Add(WildcardPart.Star);
                    break;
                case '?':
                    wildcard._parts.Add(WildcardPart.Any);
                    break;
                case '[':
                    int end = EndOfSet(pattern, i);
                    if (end < 0 || WildcardPart.OneOf(pattern.Substring(i + 1, end - i - 1).Replace("`", string.Empty)) is not WildcardPart part)
                    {
                        return null;
                    }
                    wildcard._parts.Add(part);
                    i = end;
                    break;
                case '`' when i + 1 < pattern.Length:
                    wildcard._parts.Add(WildcardPart.Literal(pattern[++i]));
                    break;
                default:
                    wildcard._parts.Add(WildcardPart.Literal(pattern[i]));
                    break;
            }
        }
        return wildcard;
    }

    // The first character of a set may be the bracket itself, and so may one behind a backtick.
    private static int EndOfSet(string pattern, int start)
    {
        for (int i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '`')
            {
                i++;
            }
            else if (pattern[i] == ']' && i > start + 1)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>True where the whole text is like the pattern. At worst, the product of both lengths in steps.</summary>
    public bool IsMatch(string text)
    {
        int p = 0, t = 0;
        int star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < _parts.Count && _parts[p].IsStar)
            {
                star = p++;
                retry = t;
            }
            else if (p < _parts.Count && _parts[p].Takes(text[t]))
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
        while (p < _parts.Count && _parts[p].IsStar)
        {
            p++;
        }
        return p == _parts.Count;
    }
}
