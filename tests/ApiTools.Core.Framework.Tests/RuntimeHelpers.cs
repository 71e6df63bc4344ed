namespace System.Runtime.CompilerServices;

/// <summary>What the compiler makes of a range of an array; .NET Framework's own class of the name lacks it.</summary>
internal static class RuntimeHelpers
{
    /// <summary>Where a string's characters begin: the framework's own class knows, which this one hides from the compiler.</summary>
    public static int OffsetToStringData { get; } = (int)typeof(object).Assembly.GetType("System.Runtime.CompilerServices.RuntimeHelpers")!.GetProperty(nameof(OffsetToStringData))!.GetValue(null)!;

    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        (int offset, int length) = range.GetOffsetAndLength(array.Length);
        T[] part = new T[length];
        Array.Copy(array, offset, part, 0, length);
        return part;
    }
}
