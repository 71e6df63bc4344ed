using System.Globalization;

namespace ApiTools;

/// <summary>The numbers of a limit that was met, as far as the service says them; each null where it does not.</summary>
public sealed class ApiLimitDetail
{
    internal ApiLimitDetail()
    {
    }

    /// <summary>What is counted: <c>requests</c>, <c>tokens</c>, <c>input_tokens</c>, <c>output_tokens</c>, <c>images</c>, <c>concurrent_requests</c>.</summary>
    public string? Kind { get; internal init; }

    /// <summary>The time in which it is counted: a minute, a day.</summary>
    public TimeSpan? Window { get; internal init; }

    /// <summary>How many are allowed in that time.</summary>
    public long? Limit { get; internal init; }

    /// <summary>How many of them are used.</summary>
    public long? Used { get; internal init; }

    /// <summary>How many the refused request asked for.</summary>
    public long? Requested { get; internal init; }

    /// <summary>The time until all are allowed again.</summary>
    public TimeSpan? Reset { get; internal init; }

    /// <summary>True where the request alone is larger than the limit, so that it never fits however long one waits.</summary>
    public bool IsLargerThanLimit => Requested > Limit;

    /// <summary>One line, such as <c>30601 requested of 30000 tokens a minute</c>.</summary>
    public override string ToString()
    {
        string requested = Requested is long asked ? $"{asked.ToString(CultureInfo.InvariantCulture)} requested of " : string.Empty;
        string used = Used is long spent ? $", {spent.ToString(CultureInfo.InvariantCulture)} used" : string.Empty;
        return $"{requested}{Limit?.ToString(CultureInfo.InvariantCulture)} {Kind?.Replace('_', ' ') ?? "in all"}{InWindow()}{used}".Trim();
    }

    private string InWindow() => Window switch
    {
        null => string.Empty,
        { TotalSeconds: 1 } => " a second",
        { TotalMinutes: 1 } => " a minute",
        { TotalHours: 1 } => " an hour",
        { TotalDays: 1 } => " a day",
        TimeSpan window => string.Format(CultureInfo.InvariantCulture, " in {0:0.###} s", window.TotalSeconds),
    };
}
