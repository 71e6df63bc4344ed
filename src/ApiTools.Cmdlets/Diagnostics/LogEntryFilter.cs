using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Which entries of a log are wanted. What is null asks for nothing.</summary>
internal sealed class LogEntryFilter
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public bool Failed { get; init; }

    public WildcardPattern[]? Codes { get; init; }

    public WildcardPattern[]? Models { get; init; }

    public string[]? RequestIds { get; init; }

    public bool Matches(ApiLogEntry entry) =>
        (Since is null || entry.Time >= Since)
        && (Until is null || entry.Time < Until)
        && (!Failed || entry.Outcome != ApiRequestOutcome.Succeeded)
        && NameFilter.Fits(entry.Code, Codes)
        && NameFilter.Fits(entry.Model, Models)
        && (RequestIds is null || Array.IndexOf(RequestIds, entry.RequestId) >= 0);
}
