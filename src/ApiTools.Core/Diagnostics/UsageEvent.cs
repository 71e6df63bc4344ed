using ApiTools.Http;

namespace ApiTools.Diagnostics;

/// <summary>What counts of a request, whether it ended just now or stands in a log.</summary>
internal readonly record struct UsageEvent(
    string Connection, string Model, ApiRequestOutcome Outcome, bool WasSent, string? Code, DateTimeOffset Time, TimeSpan Duration, TimeSpan Waited)
{
    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    public int CachedTokens { get; init; }

    public int ReasoningTokens { get; init; }

    public static UsageEvent Of(RequestRecord record) =>
        new(record.Connection.Name, record.End.Model ?? string.Empty, record.End.Outcome, record.End.Number > 0, record.End.Error?.Code, record.End.Time, record.End.Duration, record.End.Waited)
        {
            InputTokens = record.Answer?.InputTokens ?? 0,
            OutputTokens = record.Answer?.OutputTokens ?? 0,
            CachedTokens = record.Answer?.CachedTokens ?? 0,
            ReasoningTokens = record.Answer?.ReasoningTokens ?? 0,
        };

    public static UsageEvent Of(ApiLogEntry entry) =>
        new(entry.Connection ?? string.Empty, entry.Model ?? string.Empty, entry.Outcome, entry.Attempt > 0, entry.Code, entry.Time, entry.Duration, entry.Wait)
        {
            InputTokens = entry.InputTokens ?? 0,
            OutputTokens = entry.OutputTokens ?? 0,
            CachedTokens = entry.CachedTokens ?? 0,
            ReasoningTokens = entry.ReasoningTokens ?? 0,
        };
}
