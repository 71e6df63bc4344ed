namespace Microsoft.CodeAnalysis;

/// <summary>
/// Marks a type that belongs to its assembly alone: the compiler hides it from every other, even from one that may see what is internal, so that
/// the framework's own type of the name is the only one there.
/// </summary>
[Embedded]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Delegate)]
internal sealed class EmbeddedAttribute : Attribute;
