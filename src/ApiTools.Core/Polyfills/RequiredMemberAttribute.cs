namespace System.Runtime.CompilerServices;

/// <summary>Marks a required member: the compiler looks for this name, which .NET Standard 2.0 lacks.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;
