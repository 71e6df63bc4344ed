namespace System.Diagnostics.CodeAnalysis;

/// <summary>Marks a constructor that sets every required member: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
