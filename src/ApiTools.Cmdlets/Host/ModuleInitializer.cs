using System.Management.Automation;
#if !NET8_0_OR_GREATER
using System.Reflection;
#endif
using ApiTools.Diagnostics;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>
/// Loads the engine with the module, so that <c>catch [ApiTools.ApiLimitException]</c> works in the first line after the import. On Windows
/// PowerShell it also answers for the assemblies that ship beside this one, whatever version was compiled against, and for nothing else.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if !NET8_0_OR_GREATER
        AppDomain.CurrentDomain.AssemblyResolve += ResolveOwn;
#endif
        LoadEngine();
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        CloseEngine();
#if !NET8_0_OR_GREATER
        AppDomain.CurrentDomain.AssemblyResolve -= ResolveOwn;
#endif
    }

    // A method of its own: on Windows PowerShell the engine is found by the handler that is set before.
    private static void LoadEngine() => ConnectionStore.Process.Prepare = options =>
        ConnectionObserver.Attach(options.LogPath is string path ? options with { LogPath = Path.GetFullPath(path) } : options);

    private static void CloseEngine()
    {
        ApiSimulator.Abort();
        LogWriters.CloseAll();
    }

#if !NET8_0_OR_GREATER
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;

    private static Assembly? ResolveOwn(object sender, ResolveEventArgs args)
    {
        // Only what our own assemblies ask for: another module's references are its own affair.
        if (args.RequestingAssembly is not Assembly asking || Path.GetDirectoryName(asking.Location) != Folder)
        {
            return null;
        }
        string file = Path.Combine(Folder, new AssemblyName(args.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
#endif
}
