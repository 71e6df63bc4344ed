namespace ApiTools.Errors;

/// <summary>The headers in which a service says how much of a limit is left.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Window">The time in which it is counted; null where the name does not say it.</param>
/// <param name="Limit">The header with how many are allowed.</param>
/// <param name="Remaining">The header with how many are left.</param>
/// <param name="Reset">The header that says when all are allowed again; null where there is none.</param>
/// <param name="Seen">Whose they are, and where they were seen.</param>
internal sealed record LimitHeader(string? Kind, TimeSpan? Window, string Limit, string Remaining, string? Reset, string Seen);
