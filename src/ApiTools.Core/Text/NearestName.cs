namespace ApiTools.Text;

/// <summary>Finds what somebody meant to type.</summary>
internal static class NearestName
{
    // Longer texts are no typing mistakes, and the distance costs the product of both lengths.
    private const int MaximumLength = 64;

    /// <summary>The one name that is nearest and near enough to be meant; null where there is none, or more than one.</summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        List<string> nearest = FindAll(typed, names);
        return nearest.Count == 1 ? nearest[0] : null;
    }

    /// <summary>All names at the smallest distance, where that is at most a third of the length: one letter in three may be wrong.</summary>
    public static List<string> FindAll(string typed, IEnumerable<string> names)
    {
        List<string> nearest = [];
        if (typed.Length is 0 or > MaximumLength)
        {
            return nearest;
        }
        int best = Math.Max(1, typed.Length / 3);
        foreach (string name in names)
        {
            if (Math.Abs(name.Length - typed.Length) > best)
            {
                continue;
            }
            int distance = Distance(typed, name);
            if (distance < best || (distance == best && nearest.Count == 0))
            {
                nearest.Clear();
                best = distance;
            }
            if (distance == best && !nearest.Contains(name))
            {
                nearest.Add(name);
            }
        }
        return nearest;
    }

    // Optimal string alignment: insertions, deletions, substitutions and neighbours swapped cost one; case costs nothing.
    private static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }
            (before, last, current) = (last, current, before);
        }
        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
