namespace ApiTools.Core.Tests;

/// <summary>A test of what the engine for PowerShell 7 can do alone: that for Windows PowerShell is not asked, and the skipped test says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PowerShell7FactAttribute : FactAttribute
{
    /// <param name="why">What is otherwise with Windows PowerShell, or cannot be so on the runtime that runs its engine here.</param>
    public PowerShell7FactAttribute(string why) => Skip =
#if PORTABLE_ENGINE
        $"The engine for Windows PowerShell: {why}.";
#else
        why.Length == 0 ? "It needs a reason." : null;
#endif

    /// <summary>True where Windows has nothing like it.</summary>
    public bool IsOnUnixAlone
    {
        get => Skip is not null;
        set => Skip ??= value && OperatingSystem.IsWindows() ? "Windows has nothing like it." : null;
    }
}
