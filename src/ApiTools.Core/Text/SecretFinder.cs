namespace ApiTools.Text;

/// <summary>
/// Finds what <see cref="SecretPatterns"/> describes. Each secret begins with a known word, and of each word the two letters that are rarest in plain text
/// are looked for: most texts hold none of them, and are done with at a glance.
/// </summary>
internal static class SecretFinder
{
    // From the most frequent to the rarest in what services write: English, and JSON.
    private const string Commonness = " etaoinsrlcdmuhp\"gfy_,bw.v:/{}0123456789-kx()&?=jqz";

    private static readonly int LongestBeginning = SecretPatterns.All.SelectMany(pattern => pattern.Beginnings).Max(word => word.Length);

    // By the two letters: the patterns, in their order, and the words of theirs that have them.
    private static readonly Dictionary<int, List<SecretBeginning>> ByPair = SecretPatterns.All
        .SelectMany((pattern, order) => pattern.Beginnings.Select(word => new SecretBeginning(pattern, order, word, RarestPair(word))))
        .GroupBy(beginning => Key(beginning.Word[beginning.Offset], beginning.Word[beginning.Offset + 1]))
        .ToDictionary(group => group.Key, group => group.ToList());

    private static readonly PairFinder Pairs = new(ByPair.Values.Select(beginnings => beginnings[0].Word.Substring(beginnings[0].Offset, 2)));

    /// <summary>Finds the first secret that begins at a place or behind it; of two that begin at one place, the one whose pattern comes first.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">Where to begin; what stands before it counts as what stands before a word.</param>
    /// <param name="masked">Where what is masked of it begins, and where it ends.</param>
    public static bool Find(ReadOnlySpan<char> text, int from, out (int Start, int End) masked)
    {
        masked = default;
        int start = -1;
        int order = 0;
        // Another that begins before the one found may have its letters behind: within the length of a word.
        for (int at = Pairs.Find(text, from); at >= 0 && (start < 0 || at < start + LongestBeginning); at = Pairs.Find(text, at + 1))
        {
            if (!ByPair.TryGetValue(Key(text[at], text[at + 1]), out List<SecretBeginning>? beginnings))
            {
                continue;
            }
            foreach (SecretBeginning beginning in beginnings)
            {
                int begins = at - beginning.Offset;
                bool isSooner = start < 0 || begins < start || (begins == start && beginning.Order < order);
                if (begins >= from && isSooner && AsciiWord.Stands(text, begins, beginning.Word)
                    && beginning.Pattern.IsAt(text, begins, begins + beginning.Word.Length, out (int, int) found))
                {
                    (masked, start, order) = (found, begins, beginning.Order);
                }
            }
        }
        return start >= 0;
    }

    private static int Key(char first, char second) => (AsciiWord.Lower(first) << 8) | AsciiWord.Lower(second);

    private static int RarestPair(string word) => Enumerable.Range(0, word.Length - 1).OrderByDescending(at => Rarity(word[at]) + Rarity(word[at + 1])).First();

    private static int Rarity(char c) => Commonness.IndexOf(c);
}
