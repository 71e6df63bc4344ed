namespace System.Runtime.CompilerServices;

/// <summary>Leaves what is on the stack as it was found: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Module | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Constructor | AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
internal sealed class SkipLocalsInitAttribute : Attribute;
