using System.Collections.Concurrent;
using ApiTools.Text;

namespace ApiTools.Diagnostics;

/// <summary>The counts by connection and model, in bounded memory. From any thread.</summary>
internal sealed class UsageTable
{
    // 4 KB each. Whoever asks a thousand models mistakes something else for one.
    private const int MaximumRows = 1000;

    private readonly ConcurrentDictionary<(string Connection, string Model), UsageCounter> _rows = new();

    /// <summary>The counts of this session: of the process, whichever runspace asked.</summary>
    public static UsageTable Session { get; } = new();

    /// <summary>Counts a request.</summary>
    public void Add(in UsageEvent request) => Row(request.Connection, request.Model).Add(request);

    /// <summary>The counts, by connection and model. A key that somebody gave for a model is in none of them.</summary>
    /// <param name="wanted">Which of them.</param>
    public IReadOnlyList<ApiUsage> Read(Func<string, string, bool> wanted) =>
    [
        .. Rows(wanted).Select(row => row.Value.Read(row.Key.Connection, row.Key.Model.Length == 0 ? null : Redactor.Redact(row.Key.Model))),
    ];

    /// <summary>The counts of all of them together.</summary>
    public ApiUsage Sum(Func<string, string, bool> wanted)
    {
        UsageCounter sum = new();
        foreach (KeyValuePair<(string Connection, string Model), UsageCounter> row in Rows(wanted))
        {
            sum.Add(row.Value);
        }
        return sum.Read(null, null);
    }

    private IEnumerable<KeyValuePair<(string Connection, string Model), UsageCounter>> Rows(Func<string, string, bool> wanted) => _rows
        .Where(row => wanted(row.Key.Connection, row.Key.Model))
        .OrderBy(row => row.Key.Connection, StringComparer.OrdinalIgnoreCase)
        .ThenBy(row => row.Key.Model, StringComparer.OrdinalIgnoreCase);

    private UsageCounter Row(string connection, string model)
    {
        if (_rows.TryGetValue((connection, model), out UsageCounter? row))
        {
            return row;
        }
        return _rows.GetOrAdd(_rows.Count < MaximumRows ? (connection, model) : (UsageCounter.Other, UsageCounter.Other), _ => new UsageCounter());
    }
}
