namespace ApiTools.Text;

/// <summary>
/// A set of characters, written as in a regular expression: <c>[A-Za-z0-9_-]</c>, <c>[^\s"]</c>, <c>\s</c>. Beyond ASCII it knows blanks and all others.
/// </summary>
internal sealed class CharacterClass
{
    private const string Blank = @"\s";

    private readonly bool[] _ascii = new bool[128];
    private readonly bool _hasBlanksBeyond;
    private readonly bool _hasOthersBeyond;

    public CharacterClass(string expression)
    {
        Expression = expression;
        string members = expression[0] == '[' ? expression.Substring(1, expression.Length - 2) : expression;
        bool isNegated = members[0] == '^';
        bool namesBlanks = Read(isNegated ? members.Substring(1) : members, isNegated);
        _hasBlanksBeyond = namesBlanks != isNegated;
        _hasOthersBeyond = isNegated;
    }

    /// <summary>The class as a regular expression, which has regard to case.</summary>
    public string Expression { get; }

    /// <summary>True where the character belongs to it.</summary>
    public bool Contains(char c) => c < 128 ? _ascii[c] : char.IsWhiteSpace(c) ? _hasBlanksBeyond : _hasOthersBeyond;

    /// <summary>Where the characters of the class that stand there end.</summary>
    public int End(ReadOnlySpan<char> text, int at)
    {
        bool[] ascii = _ascii;
        while ((uint)at < (uint)text.Length && (text[at] < ascii.Length ? ascii[text[at]] : Contains(text[at])))
        {
            at++;
        }
        return at;
    }

    // True where the members name blanks.
    private bool Read(string members, bool isNegated)
    {
        for (int c = 0; c < 128; c++)
        {
            _ascii[c] = isNegated;
        }
        bool namesBlanks = false;
        for (int i = 0; i < members.Length; i++)
        {
            if (string.CompareOrdinal(members, i, Blank, 0, Blank.Length) == 0)
            {
                namesBlanks = true;
                i++;
                for (int c = 0; c < 128; c++)
                {
                    _ascii[c] = char.IsWhiteSpace((char)c) ? !isNegated : _ascii[c];
                }
                continue;
            }
            char first = Member(members, ref i);
            char last = first;
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                i += 2;
                last = Member(members, ref i);
            }
            for (int c = first; c <= last; c++)
            {
                _ascii[c] = !isNegated;
            }
        }
        return namesBlanks;
    }

    private static char Member(string members, ref int i)
    {
        if (members[i] != '\\')
        {
            return members[i];
        }
        i++;
        return members[i] switch { 'r' => '\r', 'n' => '\n', 't' => '\t', char other => other };
    }
}
