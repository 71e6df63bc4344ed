namespace ApiTools.Text;

/// <summary>
/// Finds what <see cref="SecretPatterns"/> describes. Each secret begins with a known word, and each of these words has one of a few pairs of letters that are
/// rare in plain text (<see cref="RarePairs"/>): most texts hold none of them, and are done with at a glance.
/// </summary>
internal static class SecretFinder
{
    /// <summary>How far behind the beginning of a secret its pair may stand.</summary>
    public static readonly int LongestBeginning = SecretPatterns.All.SelectMany(pattern => pattern.Beginnings).Max(word => word.Length);

    private static readonly List<string> Chosen = RarePairs.Choose(SecretPatterns.All.SelectMany(pattern => pattern.Beginnings));

    // By the two letters: the patterns, in their order, and their words that have them.
    private static readonly SecretWords[][] ByPair =
    [
        .. Chosen.Select(pair => SecretPatterns.All
            .SelectMany((pattern, order) => pattern.Beginnings.Where(word => PairOf(word) == pair)
                .GroupBy(word => word.Substring(word.IndexOf(pair, StringComparison.Ordinal)))
                .Select(group => new SecretWords(pattern, order, group.Key, [.. group])))
            .ToArray()),
    ];

    private static readonly PairFinder Pairs = new(Chosen, (pair, place, c) => ByPair[pair].Any(words => words.MayStand(place, c)));

    /// <summary>Where pairs stand in a text that is written in UTF-8, but for those to which surely no secret belongs.</summary>
    public static int FindPairs(ReadOnlySpan<byte> utf8, Span<int> places, out int end)
    {
        int found = Pairs.Find(utf8, places, out end);
        int count = 0;
        for (int i = 0; i < found; i++)
        {
            if (MayBegin(utf8, places[i]))
            {
                places[count++] = places[i];
            }
        }
        return count;
    }

    /// <summary>Where pairs stand, from a place on.</summary>
    public static int FindPairs(ReadOnlySpan<char> text, int from, Span<int> places, out int end) => Pairs.Find(text, from, places, out end);

    /// <summary>Looks whether a secret belongs to the pair at a place, and keeps it, where it begins before the one that was found already.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">A secret that begins before that place is none; what stands before it counts as what stands before a word.</param>
    /// <param name="at">Where the pair stands.</param>
    /// <param name="found">The first secret so far.</param>
    public static void Look(ReadOnlySpan<char> text, int from, int at, ref FoundSecret found)
    {
        foreach (SecretWords words in ByPair[Pairs.PairAt(text, at)])
        {
            Look(text, from, at, words, ref found);
        }
    }

    private static bool MayBegin(ReadOnlySpan<byte> utf8, int at)
    {
        foreach (SecretWords words in ByPair[Pairs.PairAt(utf8, at)])
        {
            if (words.MayBegin(utf8, at))
            {
                return true;
            }
        }
        return false;
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
