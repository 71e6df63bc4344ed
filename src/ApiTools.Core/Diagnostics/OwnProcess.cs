namespace ApiTools.Diagnostics;

/// <summary>This process.</summary>
internal static class OwnProcess
{
#if NET8_0_OR_GREATER
    /// <summary>Its id.</summary>
    public static int Id => Environment.ProcessId;
#else
    /// <summary>Its id.</summary>
    public static int Id { get; } = Find();

    private static int Find()
    {
        using System.Diagnostics.Process own = System.Diagnostics.Process.GetCurrentProcess();
        return own.Id;
    }
#endif
}
