namespace System.Runtime.CompilerServices;

/// <summary>Marks an init accessor: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
[Microsoft.CodeAnalysis.Embedded]
internal static class IsExternalInit;
