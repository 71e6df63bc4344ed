using System.Reflection;
using Mono.Cecil;

namespace ApiTools.Core.Tests.House;

/// <summary>
/// Windows PowerShell can load what ships for it: whatever one of the assemblies refers to lies beside it, or is in .NET Framework 4.7.2, or is
/// PowerShell itself; and none asks for a newer version than the one it finds, which .NET Framework would refuse.
/// </summary>
public sealed class ClosureTests
{
    private const string PowerShell = "System.Management.Automation";

    private static readonly string Root = FindRoot();

    private static readonly AssemblyDefinition[] Shipped = Read(Path.Combine(Root, "out", "ApiTools", "bin", "netstandard2.0"));

    // The reference assemblies of 4.7.2, and the facades that netstandard2.0 is compiled against.
    private static readonly AssemblyDefinition[] Framework =
        [.. Read(Metadata("ReferenceAssemblies")), .. Read(Path.Combine(Metadata("ReferenceAssemblies"), "Facades"))];

    [Fact]
    public void Whatever_they_refer_to_is_shipped_or_in_the_framework_and_no_newer_than_that() =>
        Assert.Empty(Shipped.SelectMany(assembly => assembly.MainModule.AssemblyReferences.Select(reference => Missing(assembly, reference))).OfType<string>());

    [Fact]
    public void The_framework_that_they_are_compared_with_is_the_manifests() =>
        Assert.Contains("'4.7.2'", File.ReadLines(Path.Combine(Root, "module", "ApiTools.psd1")).Single(line => line.Contains("DotNetFrameworkVersion", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_shipped_that_nobody_refers_to()
    {
        string[] referred = [.. Shipped.SelectMany(assembly => assembly.MainModule.AssemblyReferences).Select(reference => reference.Name), "ApiTools.Cmdlets"];
        Assert.Empty(Shipped.Select(assembly => assembly.Name.Name).Except(referred));
    }

    [Fact]
    public void PowerShell_7_gets_our_own_two_assemblies_alone() =>
        Assert.Equal(["ApiTools.Cmdlets", "ApiTools.Core"], Read(Path.Combine(Root, "out", "ApiTools", "bin", "net8.0")).Select(assembly => assembly.Name.Name).Order());

    private static string? Missing(AssemblyDefinition assembly, AssemblyNameReference reference)
    {
        if (reference.Name == PowerShell)
        {
            // Windows PowerShell 5.1 has 3.0.0.0.
            return reference.Version == new Version(3, 0, 0, 0) ? null : $"{assembly.Name.Name} wants PowerShell {reference.Version}";
        }
        AssemblyDefinition? found = Array.Find(Shipped, IsIt) ?? Array.Find(Framework, IsIt);
        return found is null ? $"{assembly.Name.Name} wants {reference.FullName}, which is nowhere"
            : found.Name.Version < reference.Version ? $"{assembly.Name.Name} wants {reference.FullName}, and {found.Name.Version} is there"
            : null;

        bool IsIt(AssemblyDefinition candidate) =>
            candidate.Name.Name == reference.Name && candidate.Name.PublicKeyToken.AsSpan().SequenceEqual(reference.PublicKeyToken);
    }

    // System.EnterpriseServices' two helpers hold no assembly of their own.
    private static AssemblyDefinition[] Read(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.dll").Where(file => !Path.GetFileName(file).StartsWith("System.EnterpriseServices.", StringComparison.Ordinal))
            .Select(AssemblyDefinition.ReadAssembly),
    ];

    private static string Metadata(string key) =>
        typeof(ClosureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ApiTools.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("The repository is not above the tests.");
    }
}
