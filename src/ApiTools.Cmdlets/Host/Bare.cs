using System.Management.Automation;

namespace ApiTools.Cmdlets;

/// <summary>Takes off the wrapper that PowerShell puts around the values that pass through it.</summary>
internal static class Bare
{
    /// <summary>What a value is without the wrapper. Of a custom object nothing is left: its members are the wrapper's.</summary>
    public static object? Of(object? value) => value is PSObject wrapper ? wrapper.BaseObject : value;

    /// <summary>The same, but for a custom object, which stays in the wrapper that has its members.</summary>
    public static object? OrCustom(object? value) => value is PSObject wrapper && wrapper.BaseObject is not PSCustomObject ? wrapper.BaseObject : value;
}
