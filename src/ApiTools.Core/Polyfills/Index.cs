namespace System;

/// <summary>A place in a list, counted from its start or its end: what the compiler makes of a list pattern; .NET Standard 2.0 lacks it.</summary>
[Microsoft.CodeAnalysis.Embedded]
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;

    public static implicit operator Index(int value) => new(value);
}
