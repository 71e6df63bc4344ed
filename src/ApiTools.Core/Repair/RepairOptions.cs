using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>What a repair may do.</summary>
internal sealed record RepairOptions
{
    /// <summary>All safe fixes, nothing known of the service.</summary>
    public static RepairOptions Default { get; } = new();

    /// <summary>What the check takes into account.</summary>
    public RequestCheckOptions Check { get; init; } = RequestCheckOptions.Default;

    /// <summary>Which fixes to apply that are not safe: those of these findings.</summary>
    public Func<Finding, bool> Includes { get; init; } = static _ => false;

    /// <summary>Which safe fixes not to apply: those of these findings.</summary>
    public Func<Finding, bool> Excludes { get; init; } = static _ => false;

    /// <summary>How to make the request fit the model's context window; null to leave its length as it is.</summary>
    public ContextFitMode? FitContext { get; init; }

    /// <summary>What a service said of the request's length, where one refused it for that; null where none did.</summary>
    public ContextLength? Length { get; init; }

    /// <summary>Whether the fix of a finding is to be applied.</summary>
    public bool Applies(Finding finding) =>
        finding.Fix is not null
        && !(FitContext is not null && finding.Code == ContextFit.Code)
        && (Includes(finding) || (finding.IsFixSafe && !Excludes(finding)));
}
