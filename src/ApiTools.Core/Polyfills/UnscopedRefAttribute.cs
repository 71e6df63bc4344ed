namespace System.Diagnostics.CodeAnalysis;

/// <summary>Lets a struct return a reference into itself: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
internal sealed class UnscopedRefAttribute : Attribute;
