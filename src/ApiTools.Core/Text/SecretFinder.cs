namespace ApiTools.Text;

/// <summary>
/// Finds what <see cref="SecretPatterns"/> describes. Each secret begins with a known word, and each of these words has one of a few pairs of letters that are
/// rare in plain text (<see cref="RarePairs"/>): most texts hold none of them, and are done with at a glance.
/// </summary>
internal static class SecretFinder
{
    private static readonly int LongestBeginning = SecretPatterns.All.SelectMany(pattern => pattern.Beginnings).Max(word => word.Length);

    private static readonly List<string> Chosen = RarePairs.Choose(SecretPatterns.All.SelectMany(pattern => pattern.Beginnings));

    private static readonly PairFinder Pairs = new(Chosen);

    // By the two letters: the patterns, in their order, and their words that have them.
    private static readonly SecretWords[][] ByPair =
    [
        .. Chosen.Select(pair => SecretPatterns.All
            .SelectMany((pattern, order) => pattern.Beginnings.Where(word => PairOf(word) == pair)
                .GroupBy(word => word.Substring(word.IndexOf(pair, StringComparison.Ordinal)))
                .Select(group => new SecretWords(pattern, order, group.Key, [.. group])))
            .ToArray()),
    ];

    /// <summary>Finds the first secret that begins at a place or behind it; of two that begin at one place, the one whose pattern comes first.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">Where to begin; what stands before it counts as what stands before a word.</param>
    /// <param name="masked">Where what is masked of it begins, and where it ends.</param>
    public static bool Find(ReadOnlySpan<char> text, int from, out (int Start, int End) masked)
    {
        FoundSecret found = FoundSecret.None;
        // Another that begins before the one found may have its letters behind: within the length of a word.
        for (int at = Pairs.Find(text, from, out int pair); at >= 0 && at - LongestBeginning < found.Begins; at = Pairs.Find(text, at + 1, out pair))
        {
            foreach (SecretWords words in ByPair[pair])
            {
                Look(text, from, at, words, ref found);
            }
        }
        masked = (found.Start, found.End);
        return found.Begins != FoundSecret.None.Begins;
    }

    // What is kept is bounded and looked at before the words, of which there may be many; what is masked may be long, and is looked at last.
    private static void Look(ReadOnlySpan<char> text, int from, int at, SecretWords words, ref FoundSecret found)
    {
        SecretPattern pattern = words.Pattern;
        int kept = AsciiWord.Stands(text, at, words.Ending) ? pattern.KeptEnd(text, at + words.Ending.Length) : -1;
        if (kept < 0)
        {
            return;
        }
        foreach (string word in words.Words)
        {
            int begins = at + words.Ending.Length - word.Length;
            bool isSooner = begins < found.Begins || (begins == found.Begins && words.Order < found.Order);
            if (begins >= from && isSooner && AsciiWord.Stands(text, begins, word) && pattern.MayBegin(text, begins) && pattern.MaskedEnd(text, kept) is >= 0 and int end)
            {
                found = new FoundSecret(begins, words.Order, pattern.Kept is null ? begins : kept, end);
            }
        }
    }

    private static string PairOf(string word) => Chosen.First(pair => word.IndexOf(pair, StringComparison.Ordinal) >= 0);
}
