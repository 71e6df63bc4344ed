namespace ApiTools.Simulator;

/// <summary>A part of a pattern: any text, or one character out of some ranges, each written as its two ends.</summary>
internal readonly record struct WildcardPart(bool IsStar, string Ranges)
{
    /// <summary>Any text.</summary>
    public static WildcardPart Star { get; } = new(true, string.Empty);

    /// <summary>Any character.</summary>
    public static WildcardPart Any { get; } = new(false, "\0\uffff");

    /// <summary>That character.</summary>
    public static WildcardPart Literal(char c) => new(false, new string(c, 2));

    /// <summary>One of what stands between brackets, such as <c>a-z_</c>; null where that is nothing, or a range that ends before it begins.</summary>
    public static WildcardPart? OneOf(string set)
    {
        List<char> ranges = [];
        for (int i = 0; i < set.Length; i++)
        {
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            char last = isRange ? set[i + 2] : set[i];
            if (last < set[i])
            {
                return null;
            }
            ranges.AddRange([set[i], last]);
            i += isRange ? 2 : 0;
        }
        return ranges.Count == 0 ? null : new WildcardPart(false, new string([.. ranges]));
    }

    /// <summary>True where it takes that character, in either case.</summary>
    public bool Takes(char c) => Holds(char.ToUpperInvariant(c)) || Holds(char.ToLowerInvariant(c));

    private bool Holds(char c)
    {
        for (int i = 0; i < Ranges.Length; i += 2)
        {
            if (c >= Ranges[i] && c <= Ranges[i + 1])
            {
                return true;
            }
        }
        return false;
    }
}
