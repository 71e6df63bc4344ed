namespace System.Runtime.CompilerServices;

/// <summary>Marks an init accessor: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
internal static class IsExternalInit;
