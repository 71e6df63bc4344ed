namespace ApiTools.Core.Tests;

/// <summary>A test of what .NET alone can show: on .NET Framework and Mono it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DotNetFactAttribute : FactAttribute
{
    /// <param name="why">What .NET Framework lacks for it.</param>
    public DotNetFactAttribute(string why) => Skip = SkipOnFramework(why);

    /// <summary>The reason where it is left out; null where it runs.</summary>
    public static string? SkipOnFramework(string why) =>
#if NET
        null;
#else
        $".NET Framework: {why}.";
#endif
}
