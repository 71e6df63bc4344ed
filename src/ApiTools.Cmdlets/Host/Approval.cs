using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Whether -WhatIf or -Confirm, given or preferred, is in force: what they would show is costly to make, and is made only then.</summary>
internal static class Approval
{
    /// <summary>True where nothing is to be done, only said.</summary>
    public static bool IsWhatIf(this PSCmdlet cmdlet) =>
        LanguagePrimitives.IsTrue(Given(cmdlet, "WhatIf") ?? cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>True where ShouldProcess of a cmdlet of medium impact may say or ask something.</summary>
    public static bool MayAsk(this PSCmdlet cmdlet) =>
        cmdlet.IsWhatIf()
        || (Given(cmdlet, "Confirm") is object confirm
            ? LanguagePrimitives.IsTrue(confirm)
            : LanguagePrimitives.TryConvertTo(cmdlet.SessionState.PSVariable.GetValue("ConfirmPreference"), out ConfirmImpact preference)
                && preference is ConfirmImpact.Low or ConfirmImpact.Medium);

    private static object? Given(PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) ? value : null;
}
