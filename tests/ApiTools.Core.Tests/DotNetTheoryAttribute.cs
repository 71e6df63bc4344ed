namespace ApiTools.Core.Tests;

/// <summary>As <see cref="DotNetFactAttribute"/>, with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DotNetTheoryAttribute : TheoryAttribute
{
    /// <param name="why">What .NET Framework lacks for it.</param>
    public DotNetTheoryAttribute(string why) => Skip = DotNetFactAttribute.SkipOnFramework(why);
}
