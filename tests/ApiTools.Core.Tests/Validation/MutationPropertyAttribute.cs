using FsCheck.Xunit;

namespace ApiTools.Core.Tests.Validation;

/// <summary>A property of mutated texts: 2000 of them, or as many times more as APITOOLS_MUTATIONS asks for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MutationPropertyAttribute : PropertyAttribute
{
    public MutationPropertyAttribute() => MaxTest = JsonMutation.Scale(2000);
}
