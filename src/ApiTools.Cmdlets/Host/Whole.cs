namespace ApiTools.Cmdlets;

/// <summary>Gives of an object what it is, or was: a failure and a repaired request that another process or a file has had are themselves again.</summary>
internal static class Whole
{
    /// <summary>The object without PowerShell's wrapper.</summary>
    /// <param name="value">The object as it came in.</param>
    public static object? Of(object? value) => DeserializedFailure.Read(value) ?? DeserializedRequest.Read(value) ?? Bare.Of(value);
}
