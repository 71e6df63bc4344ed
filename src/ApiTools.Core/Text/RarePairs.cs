namespace ApiTools.Text;

/// <summary>Chooses pairs of letters, few and rare in what services write, so that each of some words has one of them.</summary>
internal static class RarePairs
{
    // From the most frequent to the rarest in what services write: English, and JSON. What is not here is rarer still.
    private const string Commonness = " etaoinsrlcdmuhp\"gfy_,bw.v:/{}0123456789-kx()&?=jqz";

    // Ten places further a character is a third as frequent; a pair more to look for costs as much as one that stands in two of a hundred places.
    private const double Decay = 10;
    private const double PerPair = 0.02;

    // As PairFinder looks at them: a capital and what is no letter become others.
    private const int LowerBit = 0x20;

    /// <summary>The pairs, those first that most words have for the least.</summary>
    /// <param name="words">Two characters each or more.</param>
    public static List<string> Choose(IEnumerable<string> words)
    {
        List<string> chosen = [];
        HashSet<string> left = [.. words];
        while (left.Count > 0)
        {
            string best = left.SelectMany(Pairs).GroupBy(pair => pair).OrderByDescending(group => group.Count() / Cost(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;
            chosen.Add(best);
            left.RemoveWhere(word => word.IndexOf(best, StringComparison.Ordinal) >= 0);
        }
        return chosen;
    }

    /// <summary>
    /// Shares the pairs out among a few buckets, so that the buckets together have as few as can be of the other pairs that are made of the same halves of
    /// bytes: the most frequent first, each where it adds the least.
    /// </summary>
    /// <param name="pairs">Two characters each.</param>
    /// <param name="buckets">How many there are.</param>
    /// <returns>The pairs of each bucket.</returns>
    public static List<string>[] Share(IEnumerable<string> pairs, int buckets)
    {
        double[] frequencies = new double[256];
        foreach (char c in Commonness)
        {
            frequencies[c | LowerBit] += Frequency(c);
        }
        List<string>[] shared = [.. Enumerable.Range(0, buckets).Select(_ => new List<string>())];
        foreach (string pair in pairs.OrderByDescending(Cost).ThenBy(pair => pair, StringComparer.Ordinal))
        {
            shared.OrderBy(bucket => Alike([.. bucket, pair]) - Alike(bucket)).First().Add(pair);
        }
        return shared;

        double Alike(List<string> bucket) => Halves(bucket, 0) * Halves(bucket, 1);

        double Halves(List<string> bucket, int position)
        {
            int[] lows = [.. bucket.Select(pair => (pair[position] | LowerBit) & 0x0f).Distinct()];
            return bucket.Select(pair => (pair[position] | LowerBit) & 0xf0).Distinct().Sum(high => lows.Sum(low => frequencies[high | low]));
        }
    }

    private static IEnumerable<string> Pairs(string word) => Enumerable.Range(0, word.Length - 1).Select(at => word.Substring(at, 2)).Distinct();

    private static double Cost(string pair) => (Frequency(pair[0]) * Frequency(pair[1])) + PerPair;

    private static double Frequency(char c)
    {
        int place = Commonness.IndexOf(c);
        return place < 0 ? 0 : Math.Exp(-place / Decay);
    }
}
