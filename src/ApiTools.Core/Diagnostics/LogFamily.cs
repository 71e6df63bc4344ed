using System.Globalization;

namespace ApiTools.Diagnostics;

/// <summary>The files of one log: the one that is written, and those that were full before it.</summary>
internal static class LogFamily
{
    /// <summary>How many full files are kept beside the one that is written.</summary>
    public const int Kept = 5;

    /// <summary>A full file of a log: <c>log.jsonl.1</c> is the newest of them.</summary>
    /// <param name="path">The log.</param>
    /// <param name="number">1 to <see cref="Kept"/>.</param>
    public static string Rotated(string path, int number) => path + "." + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The files that these names mean, the oldest lines first: each with its full ones before it, each once, locks left out.</summary>
    /// <param name="paths">Full paths.</param>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths)
    {
        HashSet<string> named = new(paths, StringComparer.Ordinal);
        List<string> files = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            // A full one comes with its log, where that is named too.
            if (path.EndsWith(".lock", StringComparison.Ordinal) || (LogOf(path) is string log && named.Contains(log)))
            {
                continue;
            }
            files.AddRange(Enumerable.Range(1, Kept).Reverse().Select(number => Rotated(path, number)).Where(File.Exists).Where(taken.Add));
            if (taken.Add(path))
            {
                files.Add(path);
            }
        }
        return files;
    }

    private static string? LogOf(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot > 0 && int.TryParse(path.Substring(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? path.Substring(0, dot) : null;
    }
}
