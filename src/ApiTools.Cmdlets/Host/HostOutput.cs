namespace ApiTools.Cmdlets;

/// <summary>Whether a person sees the output as it comes.</summary>
internal static class HostOutput
{
    /// <summary>True where standard output goes into a file or a pipe. The one use of System.Console.</summary>
#pragma warning disable RS0030
    public static bool IsRedirected => Console.IsOutputRedirected;
#pragma warning restore RS0030
}
