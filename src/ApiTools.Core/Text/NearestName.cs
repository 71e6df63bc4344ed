namespace ApiTools.Text;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names by edit distance, case set aside; null where none is near.</summary>
    public static string? Find(string written, IEnumerable<string> names)
    {
        string? best = null;
        // More than a third of the letters wrong is another word.
        int bestDistance = Math.Max(2, written.Length / 3) + 1;
        foreach (string name in names)
        {
            if (Math.Abs(name.Length - written.Length) < bestDistance && Distance(written, name, bestDistance) is int distance && distance < bestDistance)
            {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    // Levenshtein's distance with adjacent letters swapped counting once, given up beyond a bound.
    private static int Distance(string a, string b, int bound)
    {
        int[] before = new int[b.Length + 1];
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            int smallest = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
                smallest = Math.Min(smallest, current[j]);
            }
            if (smallest >= bound)
            {
                return bound;
            }
            (before, previous) = (previous, current);
        }
        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
